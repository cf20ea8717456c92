package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers that are for one query only: what the source wants not to be stored, and what is older than the cache keeps. Safe for use by several threads. */
final class Held {

    private final Map<Partition, List<Interval>> intervals = new HashMap<>();

    private final List<StoredRow> rows = new ArrayList<>();

    synchronized void add(Partition partition, Interval interval, List<StoredRow> answer) {
        IntervalSet known = intervals(partition);
        for (Interval part : known.gapsWithin(interval).intervals()) {
            rows.addAll(Coverages.within(answer, part));
        }
        intervals.computeIfAbsent(partition, p -> new ArrayList<>()).add(interval);
    }

    synchronized IntervalSet intervals(Partition partition) {
        return IntervalSet.of(intervals.getOrDefault(partition, List.of()));
    }

    synchronized List<StoredRow> rows() {
        return List.copyOf(rows);
    }

    synchronized boolean isEmpty() {
        return intervals.isEmpty();
    }
}
