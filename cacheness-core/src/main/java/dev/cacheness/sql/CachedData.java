package dev.cacheness.sql;

import java.util.List;

/**
 * What is there for the part of a query that a {@link GapDetector} decides about.
 *
 * @param <T> the type of a row
 */
public interface CachedData<T> {

    /** The rows in the table, fresh or not, in the order of their key. */
    List<T> rows();

    /** What the ledger says, fresh or not. */
    List<CoveredRange> coverage();

    /** Whether there are no rows. */
    default boolean isEmpty() {
        return rows().isEmpty();
    }
}
