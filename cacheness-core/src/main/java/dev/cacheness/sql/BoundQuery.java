package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.PartitionId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query in terms of the ledger.
 *
 * @param partitions all partitions that it concerns, at least one
 * @param asked the ticks
 * @param bound conditions that choose the partitions
 * @param residual conditions that have no part in coverage
 * @param variant the text of the variants, the same for all partitions
 * @param hotWindow what to use instead of the cache's hot window, null for that
 * @param limit the most rows
 */
record BoundQuery(
        List<Partition> partitions,
        Interval asked,
        List<ColumnTest> bound,
        List<ColumnTest> residual,
        String variant,
        @Nullable TemporalAmount hotWindow,
        long limit) {

    List<PartitionId> ids() {
        return partitions.stream().map(Partition::id).toList();
    }
}
