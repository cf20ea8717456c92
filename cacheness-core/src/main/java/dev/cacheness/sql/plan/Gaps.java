package dev.cacheness.sql.plan;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.Ticks;
import java.util.ArrayList;
import java.util.List;

/** Merging of gaps that lie near each other. */
final class Gaps {

    private Gaps() {}

    /** Joins what lies near enough, and then the nearest until there are few enough. The gaps are sorted and disjoint. */
    static List<Interval> merge(List<Interval> gaps, PlanRules rules, List<String> reasons) {
        List<Interval> near = mergeNear(gaps, rules);
        if (near.size() < gaps.size()) {
            reasons.add(gaps.size() + " gaps merged into " + near.size() + ", being at most " + rules.mergeWithin()
                    + " ticks apart");
        }
        List<Interval> few = new ArrayList<>(near);
        while (few.size() > rules.maxGaps()) {
            joinNearest(few);
        }
        if (few.size() < near.size()) {
            reasons.add(near.size() + " gaps merged into " + few.size() + ", the most allowed");
        }
        return few;
    }

    private static List<Interval> mergeNear(List<Interval> gaps, PlanRules rules) {
        List<Interval> out = new ArrayList<>();
        for (Interval gap : gaps) {
            Interval last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last != null
                    && rules.distance(last.hi(), gap.lo()) <= rules.mergeWithin()
                    && savesCall(last, gap, rules.maxSpan())) {
                out.set(out.size() - 1, new Interval(last.lo(), gap.hi()));
            } else {
                out.add(gap);
            }
        }
        return out;
    }

    private static boolean savesCall(Interval a, Interval b, long maxSpan) {
        return maxSpan == 0
                || chunks(Ticks.distance(a.lo(), b.hi()), maxSpan)
                        < chunks(a.width(), maxSpan) + chunks(b.width(), maxSpan);
    }

    private static long chunks(long width, long maxSpan) {
        return width / maxSpan + (width % maxSpan == 0 ? 0 : 1);
    }

    private static void joinNearest(List<Interval> gaps) {
        int nearest = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i + 1 < gaps.size(); i++) {
            long distance = Ticks.distance(gaps.get(i).hi(), gaps.get(i + 1).lo());
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        Interval joined =
                new Interval(gaps.get(nearest).lo(), gaps.remove(nearest + 1).hi());
        gaps.set(nearest, joined);
    }
}
