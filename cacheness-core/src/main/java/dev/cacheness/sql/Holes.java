package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.OpenDays;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.Coverage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets the places where rows should be and are not expire early, a few times, so that the source is asked for them again. */
final class Holes {

    /** More holes than this are the nature of the data. */
    private static final int MAX_HOLES = 1_000;

    private final Context<?> context;

    private final List<Duration> delays;

    Holes(Context<?> context) {
        this.context = context;
        this.delays = context.settings.freshness().askHolesAgainAfter();
    }

    /**
     * Cuts the holes out of entries, as entries of their own.
     *
     * @param entries what was fetched just now
     * @param old what was known before
     * @param ticks the ticks that have rows, in ascending order
     */
    List<Coverage> cut(List<Coverage> entries, List<Coverage> old, long[] ticks) {
        Step step = context.settings.freshness().step();
        if (delays.isEmpty() || step == null) {
            return entries;
        }
        List<Coverage> all = new ArrayList<>();
        for (Coverage entry : entries) {
            if (entry.provisional()) {
                all.add(entry);
            } else {
                cut(entry, old, in(entry.interval(), ticks, step), all);
            }
        }
        return all;
    }

    private void cut(Coverage entry, List<Coverage> old, List<Interval> holes, List<Coverage> all) {
        List<Coverage> again = new ArrayList<>();
        for (Interval hole : holes.size() > MAX_HOLES ? List.<Interval>of() : holes) {
            int attempts = 1 + attempts(hole, old);
            if (attempts <= delays.size()) {
                long due = Ticks.plus(entry.fetchedAt(), Micros.of(delays.get(attempts - 1)));
                again.add(entry.crop(hole).until(due).asked(attempts));
            }
        }
        all.addAll(Coverages.outside(
                List.of(entry),
                IntervalSet.of(again.stream().map(Coverage::interval).toList())));
        all.addAll(again);
    }

    private static int attempts(Interval hole, List<Coverage> old) {
        return old.stream()
                .filter(entry -> entry.interval().overlaps(hole))
                .mapToInt(Coverage::attempts)
                .max()
                .orElse(0);
    }

    /** The whole steps within the interval that have no row, without closed days at their ends. */
    private List<Interval> in(Interval interval, long[] ticks, Step step) {
        List<Interval> holes = new ArrayList<>();
        boolean isOpen = interval.lo() == Long.MIN_VALUE;
        long at = context.domain.alignUp(interval.lo(), step);
        for (long tick : ticks) {
            if (interval.contains(tick)) {
                long from = context.domain.alignDown(tick, step);
                if (!isOpen && at < from) {
                    holes.add(new Interval(at, from));
                }
                isOpen = false;
                at = context.domain.alignUp(Ticks.plus(from, 1), step);
            }
        }
        long end = context.domain.alignDown(interval.hi(), step);
        if (!isOpen && at < end && interval.hi() != Long.MAX_VALUE) {
            holes.add(new Interval(at, end));
        }
        OpenDays days = context.planner.openDays();
        if (days == null) {
            return holes;
        }
        IntervalSet all = IntervalSet.of(holes);
        return all.subtract(days.closedEnds(all)).intervals();
    }
}
