package dev.cacheness.sql.plan;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked of the source for one partition.
 *
 * @param planned what must be there in the end: the range asked for, aligned, and not beyond now; null if nothing is left of it
 * @param missing the part of it that is not there
 * @param calls what to ask for, sorted and disjoint; together they hold all of {@code missing}
 * @param tooLarge whether {@code calls} was cut off because there would be more than the rules allow
 * @param reasons why the calls look as they do, for people
 */
public record RangePlan(
        @Nullable Interval planned, IntervalSet missing, List<Interval> calls, boolean tooLarge, List<String> reasons) {

    public RangePlan {
        calls = List.copyOf(calls);
        reasons = List.copyOf(reasons);
    }
}
