package dev.cacheness.sql.range;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** The simplest possible set of ticks 0 to {@link #SIZE}, to hold the real one against. */
public final class BitModel {

    public static final int SIZE = 96;

    private BitModel() {}

    public static Interval interval(Random random) {
        int lo = random.nextInt(SIZE);
        return new Interval(lo, lo + 1 + random.nextInt(SIZE - lo));
    }

    public static List<Interval> intervals(Random random) {
        List<Interval> list = new ArrayList<>();
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            int lo = random.nextInt(SIZE);
            list.add(new Interval(lo, Math.min(SIZE, lo + 1 + random.nextInt(14))));
        }
        return list;
    }

    public static BitSet bits(List<Interval> intervals) {
        BitSet bits = new BitSet();
        intervals.forEach(i -> bits.set((int) i.lo(), (int) i.hi()));
        return bits;
    }

    /** The maximal runs of set bits. */
    public static List<Interval> runs(BitSet bits) {
        List<Interval> runs = new ArrayList<>();
        for (int lo = bits.nextSetBit(0); lo >= 0; lo = bits.nextSetBit(bits.nextClearBit(lo))) {
            runs.add(new Interval(lo, bits.nextClearBit(lo)));
        }
        return runs;
    }
}
