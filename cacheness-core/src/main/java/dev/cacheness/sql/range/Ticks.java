package dev.cacheness.sql.range;

/** Arithmetic on the axis that stops at its ends instead of wrapping around, and leaves an open end open. */
public final class Ticks {

    private Ticks() {}

    /** {@code tick + delta}; an open end stays open. */
    public static long plus(long tick, long delta) {
        if (tick == Long.MIN_VALUE || tick == Long.MAX_VALUE) {
            return tick;
        }
        long sum = tick + delta;
        if (((tick ^ sum) & (delta ^ sum)) < 0) {
            return delta < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** {@code tick - delta}; an open end stays open. */
    public static long minus(long tick, long delta) {
        return delta == Long.MIN_VALUE ? plus(plus(tick, Long.MAX_VALUE), 1) : plus(tick, -delta);
    }

    /** {@code hi - lo} for {@code lo <= hi}, at most {@link Long#MAX_VALUE}. */
    public static long distance(long lo, long hi) {
        long width = hi - lo;
        return width < 0 ? Long.MAX_VALUE : width;
    }
}
