package dev.cacheness.boot.metrics;

import dev.cacheness.CacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.BaseUnits;

/** What hits have saved, and what that costs in space. */
final class SavingMeters {

    private static final double NANOS_PER_SECOND = 1e9;

    private SavingMeters() {}

    static void bind(String prefix, RecentStats<CacheStats> stats, Iterable<Tag> tags, MeterRegistry registry) {
        FunctionCounter.builder(prefix + ".load.saved", stats, SavingMeters::seconds)
                .tags(tags)
                .description("Time that the loads of the values found had taken")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(prefix + ".bytes.per.second.saved", stats, SavingMeters::bytesPerSecond)
                .tags(tags)
                .description("Bytes that are stored for each second that hits have saved")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static double seconds(RecentStats<CacheStats> recent) {
        return recent.counter(figures -> figures.loadTimeSaved().toNanos()) / NANOS_PER_SECOND;
    }

    private static double bytesPerSecond(RecentStats<CacheStats> recent) {
        Double bytes = recent.gauge(figures -> figures.bytesPerSecondSaved().orElse(Double.NaN));
        return bytes == null ? Double.NaN : bytes;
    }
}
