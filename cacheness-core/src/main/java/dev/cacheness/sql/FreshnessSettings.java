package dev.cacheness.sql;

import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long answers are good, and how much is kept.
 *
 * @param <B> the builder that these settings are a part of
 */
abstract class FreshnessSettings<B> {

    Duration ttl = Duration.ofHours(24);

    @Nullable
    TemporalAmount hotWindow;

    @Nullable
    Duration hotTtl;

    @Nullable
    Duration emptyTtl;

    Duration staleIfError = Duration.ZERO;

    Duration staleWhileRevalidate = Duration.ZERO;

    boolean openEnded;

    Duration tailTtl = Duration.ZERO;

    boolean futureData;

    List<Duration> askHolesAgainAfter = List.of();

    @Nullable
    Duration retention;

    long maxRows;

    abstract B self();

    /** How long settled answers are fresh; zero for ever. 24 hours. */
    public B ttl(Duration ttl) {
        this.ttl = ttl;
        return self();
    }

    /** How young data still change, and how long such data are fresh. One increment and 5 minutes, but no longer than the time to live. */
    public B hotWindow(TemporalAmount window, Duration hotTtl) {
        this.hotWindow = window;
        this.hotTtl = hotTtl;
        return self();
    }

    /** How long it is remembered that there is nothing, if that is shorter than the time to live. */
    public B emptyTtl(Duration emptyTtl) {
        this.emptyTtl = emptyTtl;
        return self();
    }

    /** How long after they expired rows may stand in for a failing source, with {@link OnError#STALE}. Not at all. */
    public B staleIfError(Duration staleIfError) {
        this.staleIfError = staleIfError;
        return self();
    }

    /**
     * How long after they expired rows are still answered with at once, while they are fetched anew in the background. The status is then
     * {@link SqlCacheResult.Status#STALE}. What was never asked for is waited for as always. Not at all.
     */
    public B staleWhileRevalidate(Duration staleWhileRevalidate) {
        this.staleWhileRevalidate = staleWhileRevalidate;
        return self();
    }

    /** Whether ids keep growing: what lies behind the greatest one that was seen is fresh for {@code tailTtl} only. No. */
    public B openEnded(Duration tailTtl) {
        this.openEnded = true;
        this.tailTtl = tailTtl;
        return self();
    }

    /** Whether the source knows the future, so that it is asked for. No. */
    public B futureData(boolean futureData) {
        this.futureData = futureData;
        return self();
    }

    /**
     * Where the increment says that there should be rows and the source has none, it is asked again after each of these times, counted from the time before,
     * and then no more until the answer expires. Never. Needs an increment, and means nothing for what is {@linkplain #hotWindow provisional}. An answer with
     * more than 1,000 holes is taken for what it is.
     */
    public B askHolesAgainAfter(Duration... delays) {
        this.askHolesAgainAfter = List.of(delays);
        return self();
    }

    /** How far back rows are kept. What is older is fetched for every query that asks for it, and not stored. For ever. */
    public B retention(Duration retention) {
        this.retention = retention;
        return self();
    }

    /** The most rows; partitions that were not read for the longest time are removed for it. No limit. */
    public B maxRows(long rows) {
        this.maxRows = rows;
        return self();
    }
}
