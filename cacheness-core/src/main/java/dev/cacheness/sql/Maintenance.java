package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.FailureTable;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.RowQuery;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to a cache beside asking it. */
final class Maintenance {

    private final Context<?> context;

    private final Freshness freshness;

    private final QueryBinder binder;

    private final ErrorMemory errors;

    /** What other processes have failed to fetch, null if they tell nothing. */
    private final @Nullable FailureTable failures;

    Maintenance(Context<?> context, Freshness freshness, ErrorMemory errors, @Nullable FailureTable failures) {
        this.failures = failures;
        this.context = context;
        this.freshness = freshness;
        this.binder = new QueryBinder(context);
        this.errors = errors;
    }

    List<CoveredRange> coverage(QuerySpec spec) {
        Interval interval = binder.interval(spec);
        try {
            List<CoveredRange> covered = new ArrayList<>();
            Map<String, PartitionState> all = context.store.readOnce(context.ledger::all);
            all.forEach((text, state) -> {
                Partition partition = context.partition(PartitionId.parse(text));
                if (binder.matches(spec, partition)) {
                    List<Coverage> inside = state.coverage().stream()
                            .filter(entry -> entry.interval().overlaps(interval))
                            .toList();
                    covered.addAll(CoverageFacts.of(context, freshness, partition, inside));
                }
            });
            return covered;
        } catch (SQLException e) {
            throw context.failed("reading the ledger", e);
        }
    }

    long invalidate(QuerySpec spec) {
        Interval interval = binder.interval(spec);
        List<ColumnTest> bound = binder.bound(spec);
        try {
            List<PartitionId> ids = new ArrayList<>();
            for (String text : context.store.readOnce(context.ledger::all).keySet()) {
                Partition partition = context.partition(PartitionId.parse(text));
                if (binder.matches(spec, partition)) {
                    errors.forget(partition);
                    ids.add(partition.id());
                }
            }
            if (context.settings.fetching().allowUnbound()) {
                // Partitions may have rows in common, so that none may be without the others.
                return context.store.write(session -> {
                    long rows = 0;
                    for (PartitionId id : ids) {
                        rows += invalidate(session, id, interval, bound);
                    }
                    return rows;
                });
            }
            long rows = 0;
            for (PartitionId id : ids) {
                rows += context.store.write(session -> invalidate(session, id, interval, bound));
            }
            return rows;
        } catch (SQLException e) {
            throw context.failed("invalidating", e);
        }
    }

    private long invalidate(Session session, PartitionId id, Interval interval, List<ColumnTest> bound)
            throws SQLException {
        PartitionState state = context.ledger.lock(session, id, interval);
        if (state == null) {
            return 0;
        }
        context.ledger.invalidated(session, state.id());
        if (failures != null) {
            failures.forget(session, state.id());
        }
        IntervalSet ticks = IntervalSet.of(interval);
        return remove(session, id, state, ticks, ticks, interval, bound);
    }

    /**
     * Deletes entries and rows of sets of ticks, which lie within the window that the state was read for.
     *
     * @param bound further conditions on the rows, which all rows of the partition meet unless it is a pattern
     */
    private long remove(
            Session session,
            PartitionId id,
            PartitionState state,
            IntervalSet ticks,
            IntervalSet rowTicks,
            Interval window,
            List<ColumnTest> bound)
            throws SQLException {
        long rows = 0;
        for (Interval interval : rowTicks.intervals()) {
            RowQuery all = context.table.rowsOf(id, interval);
            List<ColumnTest> tests = new ArrayList<>(all.tests());
            tests.addAll(bound);
            rows += context.table.delete(session, new RowQuery(tests, all.variant(), all.limit()));
        }
        context.ledger.replace(session, state.id(), window, Coverages.outside(state.coverage(), ticks));
        context.ledger.committed(session, state.id(), -rows, null, context.nowMicros());
        return rows;
    }

    /** Removes what is of no use any more: expired for longer than it may stand in for a failing source, or older than the cache keeps. */
    long cleanUp() {
        Instant now = context.now();
        try {
            long rows = 0;
            for (String text : context.store.readOnce(context.ledger::all).keySet()) {
                rows += context.store.write(session -> cleanUp(session, PartitionId.parse(text), now));
            }
            return rows;
        } catch (SQLException e) {
            throw context.failed("cleaning up", e);
        }
    }

    private long cleanUp(Session session, PartitionId id, Instant now) throws SQLException {
        PartitionState state = context.ledger.lock(session, id, Interval.ALL);
        if (state == null) {
            return 0;
        }
        IntervalSet useless = useless(state.coverage(), now);
        if (useless.isEmpty()) {
            return 0;
        }
        IntervalSet rows = useless;
        if (context.settings.fetching().allowUnbound()) {
            // Rows that another entry still stands for stay.
            for (PartitionState related :
                    context.ledger.lockRelated(session, id).values()) {
                rows = rows.subtract(freshness.recorded(related.coverage()));
            }
        }
        return remove(session, id, state, useless, rows, Interval.ALL, List.of());
    }

    private IntervalSet useless(List<Coverage> coverage, Instant now) {
        long at = Micros.of(now);
        IntervalSet expired = IntervalSet.of(coverage.stream()
                .filter(entry -> freshness.isForgettable(entry, at))
                .map(Coverage::interval)
                .toList());
        Long keptFrom = Retention.firstTick(context, now);
        return keptFrom == null ? expired : expired.union(IntervalSet.of(new Interval(Long.MIN_VALUE, keptFrom)));
    }

    long clear() {
        errors.forgetAll();
        try {
            return context.store.write(session -> {
                context.ledger.clear(session);
                return context.table.clear(session);
            });
        } catch (SQLException e) {
            throw context.failed("clearing the cache", e);
        }
    }

    /** Notes which partitions were read, and removes those that were not for the longest time until the rest is small enough. */
    void settle(Map<PartitionId, Long> used, Set<PartitionId> inUse) {
        long most = context.settings.keeping().maxRows();
        try {
            if (!used.isEmpty()) {
                context.store.write(session -> {
                    context.ledger.used(session, used);
                    return 0;
                });
            }
            if (most > 0) {
                evict(most, inUse);
            }
        } catch (SQLException e) {
            throw context.failed("making room", e);
        }
    }

    private void evict(long most, Set<PartitionId> inUse) throws SQLException {
        Map<String, Long> rows = context.store.readOnce(context.ledger::rowsByAge);
        long total = rows.values().stream().mapToLong(Long::longValue).sum();
        for (Map.Entry<String, Long> entry : rows.entrySet()) {
            PartitionId id = PartitionId.parse(entry.getKey());
            if (total <= most) {
                return;
            }
            if (!inUse.contains(id)) {
                total -= context.store.write(session -> evict(session, id));
            }
        }
    }

    private long evict(Session session, PartitionId id) throws SQLException {
        PartitionState state = context.ledger.lock(session, id, Interval.POINT);
        if (state == null) {
            return 0;
        }
        long rows = context.table.delete(session, context.table.rowsOf(id, Interval.ALL));
        context.ledger.remove(session, state.id());
        return rows;
    }

    void compact() {
        try {
            context.store.compact(context.table);
        } catch (SQLException e) {
            throw context.failed("being compacted", e);
        }
    }

    void ping() {
        try {
            context.store.readOnce(context.table::isEmpty);
        } catch (SQLException e) {
            throw context.failed("being asked whether it is there", e);
        }
    }

    SqlCacheStats stats() {
        try {
            return context.store.readOnce(this::stats);
        } catch (SQLException e) {
            throw context.failed("counting", e);
        }
    }

    private SqlCacheStats stats(Session session) throws SQLException {
        Map<String, PartitionState> all = context.ledger.all(session);
        long now = context.nowMicros();
        long intervals = 0;
        long provisional = 0;
        long expired = 0;
        Long latest = null;
        for (Map.Entry<String, PartitionState> entry : all.entrySet()) {
            PartitionId id = PartitionId.parse(entry.getKey());
            for (Coverage covered : entry.getValue().coverage()) {
                intervals++;
                provisional += covered.provisional() ? 1 : 0;
                latest = latest == null ? covered.fetchedAt() : Math.max(latest, covered.fetchedAt());
                if (!freshness.isFresh(covered, now)) {
                    expired += context.table.count(session, context.table.rowsOf(id, covered.interval()));
                }
            }
        }
        long rows = 0;
        for (long count : context.ledger.rowsByAge(session).values()) {
            rows += count;
        }
        if (context.settings.fetching().allowUnbound()) {
            rows = context.table.countAll(session);
        }
        return stats(rows, expired, latest, all.size(), intervals, provisional);
    }

    private SqlCacheStats stats(
            long rows, long expired, @Nullable Long latest, long partitions, long intervals, long provisional) {
        Counters counters = context.counters;
        return new SqlCacheStats(
                context.definition.name(),
                context.definition.primaryKeys(),
                rows,
                expired,
                latest == null ? null : Micros.instant(latest),
                partitions,
                intervals,
                provisional,
                counters.hits.sum(),
                counters.partials.sum(),
                counters.misses.sum(),
                counters.stale.sum(),
                counters.incomplete.sum(),
                counters.failures.sum(),
                counters.calls.sum(),
                counters.callFailures.sum(),
                counters.rowsFetched.sum(),
                counters.rowsDropped.sum(),
                counters.duplicateRows.sum(),
                counters.detectorFailures.sum());
    }
}
