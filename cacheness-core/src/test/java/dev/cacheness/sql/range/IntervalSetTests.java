package dev.cacheness.sql.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalSetTests {

    private static final int CASES = 20_000;

    @Test
    void agreesWithBitSets() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            List<Interval> a = BitModel.intervals(random);
            List<Interval> b = BitModel.intervals(random);
            Interval window = BitModel.interval(random);

            compare(a, b, window, "seed " + seed + ", case " + i + ": " + a + ", " + b + ", " + window);
        }
    }

    private static void compare(List<Interval> a, List<Interval> b, Interval window, String hint) {
        IntervalSet left = IntervalSet.of(a);
        IntervalSet right = IntervalSet.of(b);
        BitSet windowBits = BitModel.bits(List.of(window));

        BitSet union = BitModel.bits(a);
        union.or(BitModel.bits(b));
        assertThat(left.union(right).intervals()).as(hint).isEqualTo(BitModel.runs(union));

        BitSet difference = BitModel.bits(a);
        difference.andNot(BitModel.bits(b));
        assertThat(left.subtract(right).intervals()).as(hint).isEqualTo(BitModel.runs(difference));

        BitSet both = BitModel.bits(a);
        both.and(BitModel.bits(b));
        assertThat(left.intersect(right).intervals()).as(hint).isEqualTo(BitModel.runs(both));

        BitSet gaps = (BitSet) windowBits.clone();
        gaps.andNot(BitModel.bits(a));
        assertThat(left.gapsWithin(window).intervals()).as(hint).isEqualTo(BitModel.runs(gaps));
        assertThat(left.encloses(window)).as(hint).isEqualTo(gaps.isEmpty());

        BitSet bits = BitModel.bits(a);
        assertThat(left.width()).as(hint).isEqualTo(bits.cardinality());
        for (int tick = 0; tick < BitModel.SIZE; tick++) {
            assertThat(left.contains(tick)).as(hint).isEqualTo(bits.get(tick));
        }
    }

    @Test
    void intervalsThatTouchBecomeOne() {
        IntervalSet set = IntervalSet.of(new Interval(5, 9), new Interval(1, 5));

        assertThat(set.intervals()).containsExactly(new Interval(1, 9));
        assertThat(set.contains(9)).isFalse();
    }

    @Test
    void openEndsDoNotWrapAround() {
        IntervalSet all = IntervalSet.of(Interval.ALL);

        assertThat(all.width()).isEqualTo(Long.MAX_VALUE);
        assertThat(all.subtract(IntervalSet.of(new Interval(0, 1))).intervals())
                .containsExactly(new Interval(Long.MIN_VALUE, 0), new Interval(1, Long.MAX_VALUE));
        assertThat(Ticks.plus(Long.MAX_VALUE - 1, 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(Ticks.minus(Long.MIN_VALUE, 5)).isEqualTo(Long.MIN_VALUE);
        assertThat(Ticks.minus(Long.MIN_VALUE + 1, 5)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void anEmptyIntervalIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interval(3, 3))
                .withMessageContaining("lo < hi");
    }
}
