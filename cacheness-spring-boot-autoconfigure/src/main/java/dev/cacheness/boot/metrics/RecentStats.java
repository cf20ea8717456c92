package dev.cacheness.boot.metrics;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheStats;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statistics that are asked for once for all meters of one scrape, since the number of entries may need a query. Counters keep their last value once
 * the cache is closed, gauges have none then. Thread-safe.
 */
final class RecentStats {

    private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<CacheStats> source;

    private volatile @Nullable Snapshot last;

    private volatile boolean closed;

    RecentStats(Supplier<CacheStats> source) {
        this.source = source;
    }

    /** 0 if nothing is known yet. */
    long counter(ToLongFunction<CacheStats> figure) {
        CacheStats stats = stats();
        return stats == null ? 0 : figure.applyAsLong(stats);
    }

    /** Null once the cache is closed. */
    @Nullable
    Long gauge(Function<CacheStats, Long> figure) {
        CacheStats stats = stats();
        return stats == null || closed ? null : figure.apply(stats);
    }

    private @Nullable CacheStats stats() {
        Snapshot snapshot = last;
        long now = System.nanoTime();
        if (closed || (snapshot != null && now - snapshot.nanoTime() < MAX_AGE_NANOS)) {
            return snapshot == null ? null : snapshot.stats();
        }
        try {
            CacheStats stats = source.get();
            last = new Snapshot(now, stats);
            return stats;
        } catch (CacheClosedException ex) {
            closed = true;
            return snapshot == null ? null : snapshot.stats();
        }
    }

    private record Snapshot(long nanoTime, CacheStats stats) {}
}
