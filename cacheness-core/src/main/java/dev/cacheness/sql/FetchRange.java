package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Ticks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of values of a range column: the start belongs to it, the end does not. A bound that is open is the least or greatest value of the type. A
 * table without a range column has the one range {@link #none()}. Immutable.
 */
public final class FetchRange {

    private static final FetchRange NONE = new FetchRange(RangeDomain.none(), Interval.POINT);

    private final RangeDomain domain;

    private final Interval interval;

    FetchRange(RangeDomain domain, Interval interval) {
        this.domain = domain;
        this.interval = interval;
    }

    /** Days, the last of them exclusive. */
    public static FetchRange of(LocalDate from, LocalDate to) {
        return of(LocalDate.class, from, to);
    }

    /** Time, in microseconds, the end exclusive. */
    public static FetchRange of(Instant from, Instant to) {
        return of(Instant.class, from, to);
    }

    /** Ids, the last of them exclusive. */
    public static FetchRange of(long from, long to) {
        return of(long.class, from, to);
    }

    private static FetchRange of(Class<?> type, Object from, Object to) {
        RangeDomain domain = RangeDomain.of(type, ZoneOffset.UTC);
        return new FetchRange(domain, new Interval(domain.tick(from), domain.tick(to)));
    }

    /** What a table without a range column is asked for. */
    public static FetchRange none() {
        return NONE;
    }

    /** The first value. */
    public Object from() {
        return domain.value(interval.lo());
    }

    /** The first value that does not belong to the range any more. */
    public Object to() {
        return domain.value(interval.hi());
    }

    /** The last value: a tick before {@link #to()}, which is a day, a microsecond or 1. */
    public Object last() {
        return domain.value(Ticks.minus(interval.hi(), 1));
    }

    public boolean isOpenStart() {
        return interval.lo() == Long.MIN_VALUE;
    }

    public boolean isOpenEnd() {
        return interval.hi() == Long.MAX_VALUE;
    }

    /** Whether the table has no range column. */
    public boolean isNone() {
        return domain.type() == Void.class;
    }

    /** The parts of this range that are not in others of the same column. */
    List<FetchRange> without(List<FetchRange> others) {
        IntervalSet set =
                IntervalSet.of(others.stream().map(FetchRange::interval).toList());
        return set.gapsWithin(interval).intervals().stream()
                .map(gap -> new FetchRange(domain, gap))
                .toList();
    }

    Interval interval() {
        return interval;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FetchRange that && interval.equals(that.interval) && isNone() == that.isNone();
    }

    @Override
    public int hashCode() {
        return interval.hashCode();
    }

    /** {@code [2024-01-06, 2024-01-20)}. */
    @Override
    public String toString() {
        if (isNone()) {
            return "(all)";
        }
        return "[" + (isOpenStart() ? "…" : from()) + ", " + (isOpenEnd() ? "…" : to()) + ")";
    }
}
