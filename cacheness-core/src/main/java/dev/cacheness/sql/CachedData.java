package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.util.List;
import java.util.Optional;

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

    /** From the first row to the last one; empty if there are no rows, or no range column. */
    Optional<FetchRange> span();

    /** What lies between rows that are further apart than a step, without the rows themselves. */
    List<FetchRange> holes(Step step);

    /** Whether there are no rows. */
    default boolean isEmpty() {
        return rows().isEmpty();
    }
}
