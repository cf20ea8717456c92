package dev.cacheness.sql;

import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Guesses the step of a range column from rows. */
final class Granularity {

    private static final int MIN_ROWS = 3;

    private Granularity() {}

    /** The most frequent difference of a column of time, if at least half of the differences are it. */
    static <T> Optional<Step> time(Context<T> context, List<T> rows) {
        if (!context.domain.isTime()) {
            return Optional.empty();
        }
        TreeSet<Long> ticks = ticks(context, rows);
        if (isMonthly(context.domain, ticks, context.settings.freshness().zone())) {
            return Optional.of(Step.of(Period.ofMonths(1)));
        }
        boolean isDays = context.domain.type() == LocalDate.class;
        return mode(ticks)
                .map(ticksApart ->
                        Step.of(isDays ? Duration.ofDays(ticksApart) : Duration.ofNanos(ticksApart * 1_000)));
    }

    /** The same of a column of ids. */
    static <T> Optional<Step> ids(Context<T> context, List<T> rows) {
        if (context.domain.isTime() || context.layout().range() < 0) {
            return Optional.empty();
        }
        return mode(ticks(context, rows)).map(Step::ofIds);
    }

    private static <T> TreeSet<Long> ticks(Context<T> context, List<T> rows) {
        int range = context.layout().range();
        TreeSet<Long> ticks = new TreeSet<>();
        for (T row : rows) {
            if (range >= 0 && context.definition.shape().store(row)[range] instanceof Long tick) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    private static Optional<Long> mode(TreeSet<Long> ticks) {
        if (ticks.size() < MIN_ROWS) {
            return Optional.empty();
        }
        Map<Long, Integer> counts = new HashMap<>();
        Long before = null;
        for (Long tick : ticks) {
            if (before != null) {
                counts.merge(tick - before, 1, Integer::sum);
            }
            before = tick;
        }
        return counts.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .filter(entry -> 2 * entry.getValue() >= ticks.size() - 1)
                .map(Map.Entry::getKey);
    }

    private static boolean isMonthly(RangeDomain domain, TreeSet<Long> ticks, ZoneId zone) {
        if (ticks.size() < MIN_ROWS) {
            return false;
        }
        RangeDomain days = RangeDomain.of(LocalDate.class, zone);
        LocalDate before = null;
        for (Long tick : ticks) {
            LocalDate date = LocalDate.ofEpochDay(days.tick(domain.value(tick)));
            if (before != null && !before.plusMonths(1).equals(date)) {
                return false;
            }
            before = date;
        }
        return true;
    }
}
