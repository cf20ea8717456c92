package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Coverage;
import java.util.ArrayList;
import java.util.List;

/** Cuts entries of the ledger, and rows, by intervals. */
final class Coverages {

    private Coverages() {}

    /** The parts of entries that lie outside of a set. */
    static List<Coverage> outside(List<Coverage> coverage, IntervalSet set) {
        List<Coverage> parts = new ArrayList<>();
        for (Coverage entry : coverage) {
            for (Interval part : set.gapsWithin(entry.interval()).intervals()) {
                parts.add(entry.crop(part));
            }
        }
        return parts;
    }

    static List<StoredRow> within(List<StoredRow> rows, Interval interval) {
        for (StoredRow row : rows) {
            if (!interval.contains(row.tick())) {
                return rows.stream()
                        .filter(other -> interval.contains(other.tick()))
                        .toList();
            }
        }
        return rows;
    }
}
