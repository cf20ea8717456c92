package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which ranges are asked for. Spans of the range column are a {@link java.time.Duration} or {@link Period} for time, a {@code Long} for ids.
 *
 * @param <B> the builder that these settings are a part of
 */
abstract class RangeSettings<B> extends FreshnessSettings<B> {

    @Nullable
    Step step;

    ZoneId zone = ZoneOffset.UTC;

    @Nullable
    RangeCalendar calendar;

    @Nullable
    Object mergeGapsWithin;

    @Nullable
    Object fetchMargin;

    @Nullable
    Object maxFetchSpan;

    @Nullable
    Object maxQuerySpan;

    @Nullable
    Step alignTo;

    int maxGaps = 16;

    int maxFetches = 256;

    /** The distance of rows in time; requests are aligned to it. Days for a column of days, otherwise unknown. */
    public B timeIncrement(Duration increment) {
        this.step = Step.of(increment);
        return self();
    }

    /** As {@link #timeIncrement(Duration)}, in days or months of the calendar. */
    public B timeIncrement(Period increment) {
        this.step = Step.of(increment);
        return self();
    }

    /** As {@link #timeIncrement(Duration)}, in seconds. */
    public B timeIncrement(long seconds) {
        return timeIncrement(Duration.ofSeconds(seconds));
    }

    /** As {@link #timeIncrement(Duration)}, in words: see {@link TimeIncrement#parse(String)}. */
    public B timeIncrement(String increment) {
        return timeIncrement(TimeIncrement.parse(increment));
    }

    /** The difference of ids; requests are aligned to multiples of it. Unknown. */
    public B orderedIncrement(long increment) {
        this.step = Step.ofIds(increment);
        return self();
    }

    /** As {@link #orderedIncrement(long)}, for a difference that is no whole number, such as 2.5. */
    public B orderedIncrement(double increment) {
        return orderedIncrement(BigDecimal.valueOf(increment));
    }

    /** As {@link #orderedIncrement(long)}, for a difference that need not be a whole number. */
    public B orderedIncrement(BigDecimal increment) {
        this.step = Step.ofIds(increment);
        return self();
    }

    /** Where days and months begin. UTC. */
    public B zone(ZoneId zone) {
        this.zone = zone;
        return self();
    }

    /** On which days the source can have rows, to spare calls. Every day. Needs a range column of time. */
    public B calendar(RangeCalendar calendar) {
        this.calendar = calendar;
        return self();
    }

    /** Gaps that are no further apart become one call, if that saves one. Three increments. */
    public B mergeGapsWithin(Object span) {
        this.mergeGapsWithin = span;
        return self();
    }

    /** How much is fetched around a gap. Nothing. */
    public B fetchMargin(Object span) {
        this.fetchMargin = span;
        return self();
    }

    /** The most that one call asks for. No limit. */
    public B maxFetchSpan(Object span) {
        this.maxFetchSpan = span;
        return self();
    }

    /** The most that one query may ask for. No limit. */
    public B maxQuerySpan(Object span) {
        this.maxQuerySpan = span;
        return self();
    }

    /** What the bounds of calls are moved outward to. Nothing. */
    public B alignTo(Step step) {
        this.alignTo = step;
        return self();
    }

    /** More gaps than this in one partition are merged, nearest first. 16. */
    public B maxGaps(int maxGaps) {
        this.maxGaps = maxGaps;
        return self();
    }

    /** The most calls for one partition of a query; a query that needs more fails before the first. 256. */
    public B maxFetches(int maxFetches) {
        this.maxFetches = maxFetches;
        return self();
    }
}
