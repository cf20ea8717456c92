package dev.cacheness.sql;

import dev.cacheness.sql.plan.RangePlan;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the ledger and plans what is to be fetched for a query. */
final class PartPlanner<T> {

    private final Context<T> context;

    private final Freshness freshness;

    private final Detecting<T> detecting;

    PartPlanner(Context<T> context, Freshness freshness, @Nullable GapDetector<T> detector) {
        this.context = context;
        this.freshness = freshness;
        this.detecting = new Detecting<>(context, freshness, detector);
    }

    /**
     * @param progress what the query has done so far, null if it only wants to know
     * @param refresh whether all of the range is to be fetched, fresh or not; what the query has fetched itself counts nevertheless
     */
    List<PartPlan> plan(Session session, BoundQuery query, @Nullable Progress progress, boolean refresh)
            throws SQLException {
        Instant now = progress == null ? context.now() : progress.started;
        Interval window = context.planner.planned(query.asked(), context.nowTick(now));
        Map<PartitionId, PartitionState> states =
                window == null ? Map.of() : context.ledger.load(session, withPatterns(query.ids()), window);
        List<PartPlan> plans = new ArrayList<>();
        for (Partition partition : query.partitions()) {
            PartitionId id = partition.id();
            plans.add(plan(
                    session, query, progress, refresh, partition, states.get(id), coverage(id, states), window, now));
        }
        return plans;
    }

    private List<PartitionId> withPatterns(List<PartitionId> ids) {
        if (!context.settings.fetching().allowUnbound()) {
            return ids;
        }
        Set<PartitionId> all = new LinkedHashSet<>(ids);
        ids.forEach(id -> all.addAll(id.patterns()));
        return List.copyOf(all);
    }

    /** What covers a partition: its own entries, and those of the patterns that include it. */
    private List<Coverage> coverage(PartitionId id, Map<PartitionId, PartitionState> states) {
        PartitionState state = states.get(id);
        List<Coverage> own = state == null ? List.of() : state.coverage();
        if (!context.settings.fetching().allowUnbound()) {
            return own;
        }
        List<Coverage> all = new ArrayList<>(own);
        for (PartitionId pattern : id.patterns()) {
            PartitionState including = states.get(pattern);
            if (including != null) {
                all.addAll(including.coverage());
            }
        }
        return all;
    }

    private PartPlan plan(
            Session session,
            BoundQuery query,
            @Nullable Progress progress,
            boolean refresh,
            Partition partition,
            @Nullable PartitionState state,
            List<Coverage> coverage,
            @Nullable Interval window,
            Instant now)
            throws SQLException {
        Long hotFrom = query.hotWindow() == null ? null : freshness.hotFrom(now, query.hotWindow());
        long at = context.nowMicros();
        IntervalSet fresh = freshness.fresh(coverage, at, null);
        IntervalSet good = refresh ? IntervalSet.EMPTY : freshness.fresh(coverage, at, hotFrom);
        Long keptFrom = Retention.firstTick(context, now);
        if (keptFrom != null && keptFrom > Long.MIN_VALUE) {
            good = good.subtract(IntervalSet.of(new Interval(Long.MIN_VALUE, keptFrom)));
        }
        IntervalSet own = IntervalSet.EMPTY;
        if (progress != null && !progress.isFirstRound()) {
            // What the query has fetched counts for it, however soon it expires, unless it was invalidated since.
            own = freshness
                    .recorded(coverage)
                    .intersect(progress.done(partition))
                    .union(progress.held.intervals(partition));
            for (Progress.Seen seen : progress.elsewhere(partition)) {
                own = own.union(freshness.fetchedAfter(coverage, seen.newest()).cropTo(seen.interval()));
            }
            good = good.union(own);
        }
        if (window != null && context.planner.openDays() != null) {
            good = good.union(context.planner.openDays().closedEnds(good.gapsWithin(window)));
        }
        Long nowTick = context.nowTick(now);
        RangePlan plan = context.planner.plan(query.asked(), nowTick, good);
        if (detecting.isCustom() && progress != null) {
            plan = detecting.plan(session, query, partition, coverage, plan, progress, own, nowTick);
        }
        if (plan.tooLarge()) {
            throw new FetchPlanTooLargeException("Cache '" + context.name + "': the query needs more than the "
                    + plan.calls().size() + " calls to the source that max-fetches allows, for "
                    + context.range(query.asked())
                    + ". Ask for less, or raise max-fetches or max-fetch-span. Nothing was fetched.");
        }
        return new PartPlan(partition, state, coverage, fresh, good, plan);
    }
}
