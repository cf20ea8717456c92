package dev.cacheness.sql;

import dev.cacheness.sql.plan.RangePlan;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.PartitionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has and lacks for a query.
 *
 * @param state what the ledger says, null if the partition was never asked for
 * @param coverage what covers the partition, be it asked for alone or with others
 * @param fresh the ticks that are fresh, whether that is enough for the query or not
 * @param good the ticks that can be answered from the table, or from what the query holds
 * @param plan what to fetch
 */
record PartPlan(
        Partition partition,
        @Nullable PartitionState state,
        List<Coverage> coverage,
        IntervalSet fresh,
        IntervalSet good,
        RangePlan plan) {

    /** The ticks of the range asked for that cannot be answered; those beyond now do not count. */
    IntervalSet lacking(Interval asked) {
        Interval planned = plan.planned();
        return planned == null
                ? IntervalSet.EMPTY
                : IntervalSet.of(planned).cropTo(asked).subtract(good);
    }
}
