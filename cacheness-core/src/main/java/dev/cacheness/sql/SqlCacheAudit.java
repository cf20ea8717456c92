package dev.cacheness.sql;

import java.util.List;

/**
 * What {@link SqlQuery#audit(int)} found: whether rows are still those of the source.
 *
 * @param checked the ranges that the source was asked for again
 * @param differences those of them for which it answered something else
 */
public record SqlCacheAudit(List<PartitionRange> checked, List<Difference> differences) {

    public SqlCacheAudit {
        checked = List.copyOf(checked);
        differences = List.copyOf(differences);
    }

    /** Whether the source answered the same for all. */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /**
     * A range that the source has changed.
     *
     * @param range the range
     * @param added rows that the source has and the table has not
     * @param removed rows that the table has and the source has not
     * @param changed rows with the same key and other values
     */
    public record Difference(PartitionRange range, long added, long removed, long changed) {}
}
