package dev.cacheness.sql;

import java.util.List;

/**
 * What {@link SqlCache#verify()} found.
 *
 * @param partitions partitions in the ledger
 * @param intervals covered intervals in the ledger
 * @param rows rows in the table
 * @param problems what does not fit together, empty if all is well
 */
public record SqlCacheReport(long partitions, long intervals, long rows, List<Problem> problems) {

    public SqlCacheReport {
        problems = List.copyOf(problems);
    }

    /** Whether ledger and table fit together. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** What can be wrong. */
    public enum Kind {
        /** Covered intervals of a partition overlap. */
        OVERLAP,
        /** A partition has another number of rows than its commits have left there. */
        ROW_COUNT,
        /** Rows that no covered interval stands for. No query returns them; the next fetch of their range replaces them. */
        UNCOVERED_ROWS,
        /** Several rows have the same key. */
        DUPLICATE_KEYS,
        /** Rows of partitions that are not in the ledger. No query returns them. */
        UNKNOWN_PARTITION
    }

    /**
     * Something that does not fit. {@link SqlQuery#invalidate()} of the partition, or {@link SqlCache#clear()}, removes it.
     *
     * @param kind what it is
     * @param partition the partition, empty if it is a matter of the whole table
     * @param message what was found, for people
     */
    public record Problem(Kind kind, String partition, String message) {}
}
