package dev.cacheness.sql.plan;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.OpenDays;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes plans. Pure: no clock, no store, no state. */
public final class Planner {

    /** Nobody reads more, and texts take longer than the plan. */
    private static final int MAX_REASONS = 20;

    private final PlanRules rules;

    public Planner(PlanRules rules) {
        this.rules = rules;
    }

    /** Days on which there can be something, null for all. */
    public @Nullable OpenDays openDays() {
        return rules.openDays();
    }

    /**
     * The calls that make a range whole.
     *
     * @param asked the range that a caller wants
     * @param now the tick of now, null if the axis has none or the future may be asked for
     * @param fresh what need not be fetched
     */
    public RangePlan plan(Interval asked, @Nullable Long now, IntervalSet fresh) {
        Interval planned = planned(asked, now);
        if (planned == null) {
            return new RangePlan(null, IntervalSet.EMPTY, List.of(), false, List.of("the range lies in the future"));
        }
        Interval exact = crop(asked, limit(now));
        if (exact == null || fresh.encloses(exact)) {
            return new RangePlan(planned, IntervalSet.EMPTY, List.of(), false, List.of("all of it is fresh"));
        }
        return calls(planned, fresh.gapsWithin(planned), limit(now));
    }

    /** The calls for given gaps, as a custom detector names them. */
    public RangePlan plan(Interval asked, @Nullable Long now, List<Interval> gaps) {
        Interval planned = planned(asked, now);
        if (planned == null) {
            return new RangePlan(null, IntervalSet.EMPTY, List.of(), false, List.of("the range lies in the future"));
        }
        List<Interval> cropped = new ArrayList<>();
        for (Interval gap : gaps) {
            Interval inside = crop(gap, limit(now));
            if (inside != null) {
                cropped.add(inside);
            }
        }
        return calls(planned, IntervalSet.of(cropped), limit(now));
    }

    /** The range asked for, aligned outward and not beyond now; null if nothing is left. */
    public @Nullable Interval planned(Interval asked, @Nullable Long now) {
        return crop(rules.domain().alignOutward(asked, rules.step()), limit(now));
    }

    /** The end of what may be asked for: the end of the step that now lies in. */
    private long limit(@Nullable Long now) {
        if (now == null) {
            return Long.MAX_VALUE;
        }
        long next = Ticks.plus(now, 1);
        Step step = rules.step();
        return step == null ? next : rules.domain().alignUp(next, step);
    }

    private static @Nullable Interval crop(Interval interval, long limit) {
        long hi = Math.min(interval.hi(), limit);
        return interval.lo() < hi ? new Interval(interval.lo(), hi) : null;
    }

    private RangePlan calls(Interval planned, IntervalSet missing, long limit) {
        List<String> reasons = new ArrayList<>();
        List<Interval> wanted = missing.intervals();
        wanted.stream().limit(MAX_REASONS).forEach(gap -> reasons.add("missing " + text(gap)));
        if (wanted.size() > MAX_REASONS) {
            reasons.add("and " + (wanted.size() - MAX_REASONS) + " more gaps");
        }
        List<Interval> widened = new ArrayList<>();
        for (Interval gap : wanted) {
            widened.add(widen(gap, limit));
        }
        List<Interval> gaps = Gaps.merge(IntervalSet.of(widened).intervals(), rules, reasons);
        List<Interval> calls = new ArrayList<>();
        for (Interval gap : gaps) {
            if (!chunk(gap, calls)) {
                reasons.add("more than " + rules.maxFetches() + " calls");
                return new RangePlan(planned, missing, calls, true, reasons);
            }
        }
        if (calls.size() > gaps.size()) {
            reasons.add("cut into " + calls.size() + " calls of at most " + rules.maxSpan() + " ticks");
        }
        return new RangePlan(planned, missing, calls, false, reasons);
    }

    private Interval widen(Interval gap, long limit) {
        Interval wide = new Interval(Ticks.minus(gap.lo(), rules.margin()), Ticks.plus(gap.hi(), rules.margin()));
        Interval aligned = rules.domain().alignOutward(wide, rules.alignTo());
        return new Interval(aligned.lo(), Math.max(gap.hi(), Math.min(aligned.hi(), limit)));
    }

    /** Adds the chunks of a gap; false if there are too many. */
    private boolean chunk(Interval gap, List<Interval> calls) {
        long at = gap.lo();
        while (at < gap.hi()) {
            if (calls.size() == rules.maxFetches()) {
                return false;
            }
            long end = cut(at, gap.hi());
            calls.add(new Interval(at, end));
            at = end;
        }
        return true;
    }

    private long cut(long at, long hi) {
        if (rules.maxSpan() == 0 || Ticks.distance(at, hi) <= rules.maxSpan()) {
            return hi;
        }
        long end = at + rules.maxSpan();
        Step alignTo = rules.alignTo();
        if (alignTo == null) {
            return end;
        }
        long aligned = rules.domain().alignDown(end, alignTo);
        return aligned > at ? aligned : end;
    }

    private String text(Interval interval) {
        RangeDomain domain = rules.domain();
        return "[" + domain.value(interval.lo()) + ", " + domain.value(interval.hi()) + ")";
    }
}
