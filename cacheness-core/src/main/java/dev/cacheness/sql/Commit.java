package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.RowQuery;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores what was fetched: rows and ledger in one transaction, so that neither is there without the other. */
final class Commit {

    private final Context<?> context;

    private final Freshness freshness;

    Commit(Context<?> context, Freshness freshness) {
        this.context = context;
        this.freshness = freshness;
    }

    /**
     * Replaces a range of a partition.
     *
     * @param expected the partition as it was when the fetch began
     * @param covered the range that the rows are complete for
     * @param rows its rows, sorted and without duplicates
     * @param fetchedAt when the fetch began
     * @return false if the partition was invalidated since; nothing is then stored
     */
    boolean store(
            Partition partition,
            PartitionState expected,
            Interval covered,
            List<StoredRow> rows,
            FetchResult.Facts facts,
            Instant fetchedAt)
            throws SQLException {
        // The neighbours are part of it, so that they can be joined.
        Interval window = new Interval(Ticks.minus(covered.lo(), 1), Ticks.plus(covered.hi(), 1));
        return context.store.write(session -> {
            IntervalSet elsewhere = newerElsewhere(session, partition.id(), Micros.of(fetchedAt));
            PartitionState state = context.ledger.lock(session, partition.id(), window);
            if (state == null || state.id() != expected.id() || state.generation() != expected.generation()) {
                return false;
            }
            if (facts.revision() != null
                    && state.revision() != null
                    && !facts.revision().equals(state.revision())) {
                context.ledger.expire(session, state.id(), Micros.of(fetchedAt));
                state = context.ledger.lock(session, partition.id(), window);
            }
            if (state != null) {
                replace(session, partition, state, window, elsewhere.gapsWithin(covered), rows, facts, fetchedAt);
            }
            return state != null;
        });
    }

    /** What partitions with common rows have fetched later; their rows must stay. */
    private IntervalSet newerElsewhere(Session session, PartitionId id, long at) throws SQLException {
        if (!context.settings.fetching().allowUnbound()) {
            return IntervalSet.EMPTY;
        }
        List<Coverage> all = new ArrayList<>();
        context.ledger.lockRelated(session, id).values().forEach(state -> all.addAll(state.coverage()));
        return newer(all, at);
    }

    private static IntervalSet newer(List<Coverage> coverage, long at) {
        return IntervalSet.of(coverage.stream()
                .filter(entry -> entry.fetchedAt() > at)
                .map(Coverage::interval)
                .toList());
    }

    private void replace(
            Session session,
            Partition partition,
            PartitionState state,
            Interval window,
            IntervalSet covered,
            List<StoredRow> rows,
            FetchResult.Facts facts,
            Instant fetchedAt)
            throws SQLException {
        long at = Micros.of(fetchedAt);
        IntervalSet ours = covered.subtract(newer(state.coverage(), at));
        long change = 0;
        List<Coverage> entries = new ArrayList<>(Coverages.outside(state.coverage(), ours));
        for (Interval interval : ours.intervals()) {
            List<StoredRow> inside = Coverages.within(rows, interval);
            long[] ticks = inside.stream().mapToLong(StoredRow::tick).sorted().toArray();
            entries.addAll(freshness.entries(interval, fetchedAt, ticks, facts));
            change += write(session, partition, interval, inside);
        }
        entries.sort(Comparator.comparingLong(entry -> entry.interval().lo()));
        context.ledger.replace(session, state.id(), window, freshness.coalesce(entries));
        context.ledger.committed(session, state.id(), change, facts.revision(), at);
    }

    /** Returns by how much the number of rows has grown. */
    private long write(Session session, Partition partition, Interval interval, List<StoredRow> rows)
            throws SQLException {
        RowQuery old = context.table.rowsOf(partition.id(), interval);
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        if (context.settings.intake().writeMode() == WriteMode.MERGE) {
            values.addAll(kept(session, old, rows));
        }
        rows.forEach(row -> values.add(row.values()));
        long deleted = context.table.delete(session, old);
        context.table.append(session, values, partition.id().variant());
        return values.size() - deleted;
    }

    /** The old rows whose key no new row has. */
    private List<@Nullable Object[]> kept(Session session, RowQuery old, List<StoredRow> rows) throws SQLException {
        List<Integer> key = context.layout().key();
        Set<List<Object>> replaced = new HashSet<>();
        rows.forEach(row -> replaced.add(StoredRows.values(row, key)));
        List<@Nullable Object[]> kept = new ArrayList<>();
        for (@Nullable Object[] values : context.table.stored(session, old)) {
            if (!replaced.contains(StoredRows.values(new StoredRow(0, values), key))) {
                kept.add(values);
            }
        }
        return kept;
    }
}
