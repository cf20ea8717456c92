package dev.cacheness.sql;

import java.util.List;

/**
 * What a query would do now.
 *
 * @param have what is covered, fresh or not
 * @param missing what is not fresh
 * @param calls what the source would be asked for, in this order
 * @param reasons why, for people
 */
public record FetchPlan(
        List<CoveredRange> have, List<PartitionRange> missing, List<PartitionRange> calls, List<String> reasons) {

    public FetchPlan {
        have = List.copyOf(have);
        missing = List.copyOf(missing);
        calls = List.copyOf(calls);
        reasons = List.copyOf(reasons);
    }

    /** Whether the query would be answered without asking the source. */
    public boolean isHit() {
        return calls.isEmpty();
    }
}
