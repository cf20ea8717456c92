package dev.cacheness.sql.range;

/**
 * The ticks from {@code lo} (inclusive) to {@code hi} (exclusive), never empty. {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} stand for an open
 * end.
 */
public record Interval(long lo, long hi) {

    /** The whole axis. */
    public static final Interval ALL = new Interval(Long.MIN_VALUE, Long.MAX_VALUE);

    /** What a table without a range column covers. */
    public static final Interval POINT = new Interval(0, 1);

    public Interval {
        if (lo >= hi) {
            throw new IllegalArgumentException("An interval needs lo < hi, but got [" + lo + ", " + hi + ")");
        }
    }

    public boolean contains(long tick) {
        return lo <= tick && tick < hi;
    }

    public boolean overlaps(Interval other) {
        return lo < other.hi && other.lo < hi;
    }

    public boolean encloses(Interval other) {
        return lo <= other.lo && other.hi <= hi;
    }

    /** The number of ticks, {@link Long#MAX_VALUE} if there are more. */
    public long width() {
        return Ticks.distance(lo, hi);
    }

    @Override
    public String toString() {
        return "[" + lo + ", " + hi + ")";
    }
}
