package dev.cacheness.sql.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds about a partition.
 *
 * @param id a random number that is never used again
 * @param generation grows with every invalidation
 * @param revision what the source last called the state of its data, null if it did not
 * @param coverage what overlaps the window that was asked for, sorted and disjoint
 */
public record PartitionState(
        long id, long generation, @Nullable String revision, List<Coverage> coverage) {

    public PartitionState {
        coverage = List.copyOf(coverage);
    }
}
