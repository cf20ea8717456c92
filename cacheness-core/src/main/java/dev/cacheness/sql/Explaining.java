package dev.cacheness.sql;

import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Says what a query would do. */
final class Explaining<T> {

    private final Context<T> context;

    private final Freshness freshness;

    private final PartPlanner<T> planner;

    Explaining(Context<T> context, Freshness freshness, PartPlanner<T> planner) {
        this.context = context;
        this.freshness = freshness;
        this.planner = planner;
    }

    FetchPlan explain(BoundQuery query) {
        try {
            try (Session session = context.store.readOrMirror()) {
                FetchPlan plan = explain(session, query);
                if (session.isConsistent()) {
                    return plan;
                }
            }
            return context.store.readOnce(session -> explain(session, query));
        } catch (SQLException e) {
            throw context.failed("explaining a query", e);
        }
    }

    private FetchPlan explain(Session session, BoundQuery query) throws SQLException {
        List<CoveredRange> have = new ArrayList<>();
        List<PartitionRange> missing = new ArrayList<>();
        List<PartitionRange> toCall = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (PartPlan plan : planner.plan(session, query, null, false)) {
            Partition partition = plan.partition();
            have.addAll(CoverageFacts.of(context, freshness, partition, plan.coverage()));
            plan.plan().missing().intervals().forEach(i -> missing.add(context.range(partition, i)));
            plan.plan().calls().forEach(i -> toCall.add(context.range(partition, i)));
            String prefix = partition.toString().isEmpty() ? "" : partition + ": ";
            plan.plan().reasons().forEach(reason -> reasons.add(prefix + reason));
        }
        return new FetchPlan(have, missing, toCall, reasons);
    }
}
