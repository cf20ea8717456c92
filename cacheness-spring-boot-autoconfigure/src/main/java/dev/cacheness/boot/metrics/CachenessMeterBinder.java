package dev.cacheness.boot.metrics;

import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.MissReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The meters of the cache as a whole. Gauges have no value once it is closed. */
public final class CachenessMeterBinder implements MeterBinder {

    private final RecentStats<CacheStats> stats;

    private final Cacheness cacheness;

    public CachenessMeterBinder(Cacheness cacheness) {
        this.cacheness = cacheness;
        this.stats = new RecentStats<>(cacheness::stats);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("cacheness.entries", "Entries that are stored", CacheStats::entries)
                .register(registry);
        gauge("cacheness.size", "Size of all entries as stored", CacheStats::sizeBytes)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        counter("cacheness.hits", "Values found", CacheStats::hits).register(registry);
        for (MissReason reason : MissReason.values()) {
            counter(
                            "cacheness.misses",
                            "Values not found",
                            stats -> stats.misses().getOrDefault(reason, 0L))
                    .tag("reason", reason.label())
                    .register(registry);
        }
        counter("cacheness.puts", "Values stored", CacheStats::puts).register(registry);
        counter("cacheness.evictions", "Entries removed to make room", CacheStats::evictions)
                .register(registry);
        counter("cacheness.expirations", "Entries removed because their time was over", CacheStats::expirations)
                .register(registry);
        counter("cacheness.load.failures", "Loaders that threw", CacheStats::loadFailures)
                .register(registry);
        counter("cacheness.store.failures", "Values that were loaded but not stored", CacheStats::storeFailures)
                .register(registry);
        FunctionTimer.builder(
                        "cacheness.loads",
                        stats,
                        recent -> recent.counter(figures -> figures.loads() + figures.loadFailures()),
                        recent -> recent.counter(figures -> figures.loadTime().toNanos()),
                        TimeUnit.NANOSECONDS)
                .description("Loaders that were run")
                .register(registry);
        SavingMeters.bind("cacheness", stats, Tags.empty(), registry);
        if (cacheness.unwrap(MemoryLayerStats.class).isPresent()) {
            MemoryLayerMeters.bind(cacheness, registry);
        }
    }

    private Gauge.Builder<?> gauge(String name, String description, Function<CacheStats, Long> figure) {
        return Gauge.builder(name, stats, recent -> orNaN(recent.gauge(figure))).description(description);
    }

    private FunctionCounter.Builder<?> counter(String name, String description, ToLongFunction<CacheStats> figure) {
        return FunctionCounter.builder(name, stats, recent -> recent.counter(figure))
                .description(description);
    }

    private static double orNaN(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }
}
