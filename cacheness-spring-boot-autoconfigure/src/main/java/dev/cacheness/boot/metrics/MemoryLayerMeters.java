package dev.cacheness.boot.metrics;

import dev.cacheness.Cacheness;
import dev.cacheness.MemoryLayerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** The meters of a memory layer that counts. */
final class MemoryLayerMeters {

    private MemoryLayerMeters() {}

    static void bind(Cacheness cacheness, MeterRegistry registry) {
        var stats =
                new RecentStats<>(() -> cacheness.unwrap(MemoryLayerStats.class).orElseThrow());
        Gauge.builder("cacheness.memory.entries", stats, recent -> orNaN(recent.gauge(MemoryLayerStats::entries)))
                .description("Rows in the memory layer")
                .register(registry);
        FunctionCounter.builder("cacheness.memory.hits", stats, recent -> recent.counter(MemoryLayerStats::hits))
                .description("Rows found in the memory layer")
                .register(registry);
        FunctionCounter.builder("cacheness.memory.misses", stats, recent -> recent.counter(MemoryLayerStats::misses))
                .description("Rows that the index was asked for")
                .register(registry);
    }

    private static double orNaN(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }
}
