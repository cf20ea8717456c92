package dev.cacheness.sql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.sql.range.BitModel;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTests {

    private static final RangeDomain IDS = RangeDomain.of(long.class, ZoneOffset.UTC);

    private static final RangeDomain DATES = RangeDomain.of(LocalDate.class, ZoneOffset.UTC);

    @Test
    void withoutRulesTheCallsAreTheMaximalRunsOfWhatIsMissing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Planner planner = new Planner(PlanRules.exact(IDS, null));
        for (int i = 0; i < 10_000; i++) {
            Interval asked = BitModel.interval(random);
            List<Interval> fresh = BitModel.intervals(random);
            BitSet missing = BitModel.bits(List.of(asked));
            missing.andNot(BitModel.bits(fresh));

            RangePlan plan = planner.plan(asked, null, IntervalSet.of(fresh));

            assertThat(plan.calls())
                    .as("seed %s, case %s: %s in %s", seed, i, asked, fresh)
                    .isEqualTo(BitModel.runs(missing));
        }
    }

    @Test
    void everyRuleIsKept() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            PlanRules rules = rules(random);
            Interval asked = BitModel.interval(random);
            List<Interval> fresh = BitModel.intervals(random);
            Long now = random.nextBoolean() ? null : (long) random.nextInt(BitModel.SIZE);

            RangePlan plan = new Planner(rules).plan(asked, now, IntervalSet.of(fresh));

            check(
                    plan,
                    rules,
                    asked,
                    now,
                    fresh,
                    "seed %s, case %s: %s, %s, now %s, %s, %s".formatted(seed, i, rules, asked, now, fresh, plan));
        }
    }

    private static PlanRules rules(Random random) {
        Step step = random.nextBoolean() ? null : Step.ofIds(1 + random.nextInt(6));
        Step alignTo = random.nextInt(4) > 0 ? null : Step.ofIds(1 + random.nextInt(12));
        return new PlanRules(
                IDS,
                step,
                random.nextInt(6),
                1 + random.nextInt(5),
                random.nextInt(3),
                random.nextBoolean() ? 0 : 1 + random.nextInt(20),
                alignTo,
                200,
                null);
    }

    private static void check(
            RangePlan plan, PlanRules rules, Interval asked, @Nullable Long now, List<Interval> fresh, String hint) {
        IntervalSet calls = IntervalSet.of(plan.calls());
        IntervalSet have = IntervalSet.of(fresh);
        long limit = now == null ? Long.MAX_VALUE : rules.step() == null ? now + 1 : IDS.alignUp(now + 1, rules.step());

        assertThat(plan.tooLarge()).as(hint).isFalse();
        assertThat(plan.calls()).as(hint).allMatch(c -> c.hi() <= limit);
        for (long tick = asked.lo(); tick < Math.min(asked.hi(), limit); tick++) {
            assertThat(have.contains(tick) || calls.contains(tick)).as(hint).isTrue();
        }
        for (int i = 1; i < plan.calls().size(); i++) {
            assertThat(plan.calls().get(i).lo())
                    .as(hint)
                    .isGreaterThanOrEqualTo(plan.calls().get(i - 1).hi());
        }
        if (rules.maxSpan() > 0) {
            assertThat(plan.calls()).as(hint).allMatch(c -> c.width() <= rules.maxSpan());
        }
        assertThat(calls.size()).as(hint).isLessThanOrEqualTo(rules.maxGaps());
        if (plan.missing().isEmpty()) {
            assertThat(plan.calls()).as(hint).isEmpty();
        }
    }

    @Test
    void nearGapsBecomeOneCall() {
        PlanRules rules = new PlanRules(IDS, null, 3, 16, 0, 0, null, 256, null);
        IntervalSet fresh = IntervalSet.of(new Interval(10, 13), new Interval(20, 24));

        RangePlan plan = new Planner(rules).plan(new Interval(0, 30), null, fresh);

        assertThat(plan.calls()).containsExactly(new Interval(0, 20), new Interval(24, 30));
        assertThat(plan.reasons()).anyMatch(r -> r.contains("3 gaps merged into 2"));
    }

    @Test
    void gapsAreNotMergedWhenThatSavesNoCall() {
        PlanRules rules = new PlanRules(IDS, null, 3, 16, 0, 10, null, 256, null);
        IntervalSet fresh = IntervalSet.of(new Interval(10, 13));

        RangePlan plan = new Planner(rules).plan(new Interval(0, 23), null, fresh);

        assertThat(plan.calls()).containsExactly(new Interval(0, 10), new Interval(13, 23));
    }

    @Test
    void chunksEndWhereTheSourceWantsThem() {
        PlanRules rules = new PlanRules(IDS, null, 0, 16, 0, 25, Step.ofIds(10), 256, null);

        RangePlan plan = new Planner(rules).plan(new Interval(7, 55), null, IntervalSet.EMPTY);

        assertThat(plan.calls()).containsExactly(new Interval(0, 20), new Interval(20, 40), new Interval(40, 60));
    }

    @Test
    void theFutureIsNotAskedFor() {
        Planner planner = new Planner(PlanRules.exact(DATES, null));
        long today = DATES.tick(LocalDate.of(2024, 1, 10));

        assertThat(planner.plan(new Interval(today - 3, today + 30), today, IntervalSet.EMPTY)
                        .calls())
                .containsExactly(new Interval(today - 3, today + 1));
        assertThat(planner.plan(new Interval(today + 1, today + 30), today, IntervalSet.EMPTY)
                        .calls())
                .isEmpty();
    }

    @Test
    void aPlanOfTooManyCallsSaysSoAndStaysSmall() {
        PlanRules rules = new PlanRules(IDS, null, 0, 16, 0, 1, null, 256, null);

        RangePlan plan = new Planner(rules).plan(Interval.ALL, null, IntervalSet.EMPTY);

        assertThat(plan.tooLarge()).isTrue();
        assertThat(plan.calls()).hasSize(256);
    }
}
