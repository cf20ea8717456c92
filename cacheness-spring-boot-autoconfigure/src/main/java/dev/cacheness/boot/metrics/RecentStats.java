package dev.cacheness.boot.metrics;

import dev.cacheness.CacheClosedException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statistics for many meters. Where counting the entries takes long, it is done once for all meters of one scrape. Counters keep their last value once
 * the cache is closed, gauges have none then. Thread-safe.
 *
 * @param <S> what the statistics are
 */
final class RecentStats<S> {

    private static final long SLOW_NANOS = Duration.ofMillis(10).toNanos();

    private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<S> source;

    private volatile @Nullable Snapshot<S> last;

    private volatile boolean closed;

    RecentStats(Supplier<S> source) {
        this.source = source;
    }

    /** 0 if nothing is known yet. */
    long counter(ToLongFunction<S> figure) {
        S stats = stats();
        return stats == null ? 0 : figure.applyAsLong(stats);
    }

    /** Null once the cache is closed. */
    <F> @Nullable F gauge(Function<S, F> figure) {
        S stats = stats();
        return stats == null || closed ? null : figure.apply(stats);
    }

    private @Nullable S stats() {
        Snapshot<S> snapshot = last;
        long now = System.nanoTime();
        if (closed || (snapshot != null && snapshot.isRecentAt(now))) {
            return snapshot == null ? null : snapshot.stats();
        }
        try {
            S stats = source.get();
            last = new Snapshot<>(now, System.nanoTime() - now, stats);
            return stats;
        } catch (CacheClosedException ex) {
            closed = true;
            return snapshot == null ? null : snapshot.stats();
        }
    }

    private record Snapshot<S>(long nanoTime, long costNanos, S stats) {

        boolean isRecentAt(long now) {
            return costNanos > SLOW_NANOS && now - nanoTime < MAX_AGE_NANOS;
        }
    }
}
