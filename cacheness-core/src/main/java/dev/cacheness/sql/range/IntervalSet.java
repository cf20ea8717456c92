package dev.cacheness.sql.range;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of ticks, kept as sorted, disjoint intervals that do not touch. Every operation costs time in proportion to the intervals involved; a
 * narrow question to a large set costs a binary search.
 */
public final class IntervalSet {

    public static final IntervalSet EMPTY = new IntervalSet(new long[0], new long[0]);

    private final long[] lo;

    private final long[] hi;

    private IntervalSet(long[] lo, long[] hi) {
        this.lo = lo;
        this.hi = hi;
    }

    public static IntervalSet of(Interval... intervals) {
        return of(Arrays.asList(intervals));
    }

    /** The ticks of all of them; they may overlap and come in any order. */
    public static IntervalSet of(Collection<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort(Comparator.comparingLong(Interval::lo));
        Collector out = new Collector(sorted.size());
        sorted.forEach(i -> out.add(i.lo(), i.hi()));
        return out.toSet();
    }

    public IntervalSet union(IntervalSet other) {
        Collector out = new Collector(lo.length + other.lo.length);
        int i = 0;
        int j = 0;
        while (i < lo.length || j < other.lo.length) {
            if (j == other.lo.length || (i < lo.length && lo[i] <= other.lo[j])) {
                out.add(lo[i], hi[i++]);
            } else {
                out.add(other.lo[j], other.hi[j++]);
            }
        }
        return out.toSet();
    }

    /** The ticks of this set that are not in the other. */
    public IntervalSet subtract(IntervalSet other) {
        Collector out = new Collector(lo.length);
        for (int i = 0; i < lo.length; i++) {
            other.gaps(lo[i], hi[i], out);
        }
        return out.toSet();
    }

    public IntervalSet intersect(IntervalSet other) {
        Collector out = new Collector(lo.length);
        for (int i = 0; i < lo.length; i++) {
            for (int j = other.firstEndingAfter(lo[i]); j < other.lo.length && other.lo[j] < hi[i]; j++) {
                out.add(Math.max(lo[i], other.lo[j]), Math.min(hi[i], other.hi[j]));
            }
        }
        return out.toSet();
    }

    public IntervalSet cropTo(Interval window) {
        return intersect(of(window));
    }

    /** The ticks of the window that are not in this set. */
    public IntervalSet gapsWithin(Interval window) {
        Collector out = new Collector(4);
        gaps(window.lo(), window.hi(), out);
        return out.toSet();
    }

    public boolean contains(long tick) {
        int i = firstEndingAfter(tick);
        return i < lo.length && lo[i] <= tick;
    }

    public boolean encloses(Interval window) {
        int i = firstEndingAfter(window.lo());
        return i < lo.length && lo[i] <= window.lo() && window.hi() <= hi[i];
    }

    public boolean isEmpty() {
        return lo.length == 0;
    }

    /** How many intervals the set consists of. */
    public int size() {
        return lo.length;
    }

    /** From the first tick to the last, null if there is none. */
    public @Nullable Interval span() {
        return isEmpty() ? null : new Interval(lo[0], hi[hi.length - 1]);
    }

    /** The number of ticks, {@link Long#MAX_VALUE} if there are more. */
    public long width() {
        long width = 0;
        for (int i = 0; i < lo.length; i++) {
            long sum = width + Ticks.distance(lo[i], hi[i]);
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
            width = sum;
        }
        return width;
    }

    public List<Interval> intervals() {
        List<Interval> list = new ArrayList<>(lo.length);
        for (int i = 0; i < lo.length; i++) {
            list.add(new Interval(lo[i], hi[i]));
        }
        return list;
    }

    private void gaps(long from, long to, Collector out) {
        long at = from;
        for (int i = firstEndingAfter(from); i < lo.length && lo[i] < to; i++) {
            if (at < lo[i]) {
                out.add(at, lo[i]);
            }
            at = hi[i];
        }
        if (at < to) {
            out.add(at, to);
        }
    }

    /** The first interval whose end lies behind the tick. */
    private int firstEndingAfter(long tick) {
        int found = Arrays.binarySearch(hi, tick);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IntervalSet that && Arrays.equals(lo, that.lo) && Arrays.equals(hi, that.hi);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lo) + Arrays.hashCode(hi);
    }

    @Override
    public String toString() {
        return intervals().toString();
    }

    /** Takes intervals in the order of their start and joins those that overlap or touch. */
    private static final class Collector {

        private long[] lo;

        private long[] hi;

        private int size;

        Collector(int expected) {
            lo = new long[Math.max(expected, 1)];
            hi = new long[lo.length];
        }

        void add(long from, long to) {
            if (size > 0 && from <= hi[size - 1]) {
                hi[size - 1] = Math.max(hi[size - 1], to);
                return;
            }
            if (size == lo.length) {
                lo = Arrays.copyOf(lo, 2 * size);
                hi = Arrays.copyOf(hi, 2 * size);
            }
            lo[size] = from;
            hi[size++] = to;
        }

        IntervalSet toSet() {
            return size == 0 ? EMPTY : new IntervalSet(Arrays.copyOf(lo, size), Arrays.copyOf(hi, size));
        }
    }
}
