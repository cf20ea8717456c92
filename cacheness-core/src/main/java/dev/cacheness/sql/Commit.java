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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores what was fetched: rows and ledger in one transaction, so that neither is there without the other. */
final class Commit {

    private final Context<?> context;

    private final Freshness freshness;

    private final Holes holes;

    Commit(Context<?> context, Freshness freshness, Holes holes) {
        this.context = context;
        this.freshness = freshness;
        this.holes = holes;
    }

    /**
     * A range of a partition that is to be replaced.
     *
     * @param expected the partition as it was when the fetch began
     * @param covered the range that the rows are complete for
     * @param rows its rows, sorted and without duplicates
     */
    record Piece(Partition partition, PartitionState expected, Interval covered, List<StoredRow> rows) {

        /** The neighbours are part of it, so that they can be joined. */
        Interval window() {
            return new Interval(Ticks.minus(covered.lo(), 1), Ticks.plus(covered.hi(), 1));
        }
    }

    /**
     * Replaces ranges of several partitions, all in one transaction.
     *
     * @param pieces at most one for each partition, all of one variant
     * @param fetchedAt when the fetch began
     * @return the partitions that were invalidated since, of which nothing is stored
     */
    Set<Partition> store(List<Piece> pieces, FetchResult.Facts facts, Instant fetchedAt) throws SQLException {
        if (pieces.isEmpty()) {
            return Set.of();
        }
        // Everybody locks in the same order, so that nobody waits in a circle.
        List<Piece> ordered = pieces.stream()
                .sorted(Comparator.comparingLong(piece -> piece.expected().id()))
                .toList();
        return context.store.write(session -> {
            Set<Partition> invalidated = new HashSet<>();
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (Piece piece : ordered) {
                if (!replace(session, piece, facts, fetchedAt, rows)) {
                    invalidated.add(piece.partition());
                }
            }
            context.table.append(session, rows, ordered.get(0).partition().id().variant());
            return invalidated;
        });
    }

    /**
     * Writes the ledger, and deletes the old rows of the range.
     *
     * @param rows what is to be appended in their place is added to them
     * @return false if the partition was invalidated
     */
    private boolean replace(
            Session session, Piece piece, FetchResult.Facts facts, Instant fetchedAt, List<@Nullable Object[]> rows)
            throws SQLException {
        long at = Micros.of(fetchedAt);
        PartitionId id = piece.partition().id();
        IntervalSet elsewhere = newerElsewhere(session, id, at);
        PartitionState state = context.ledger.lock(session, id, piece.window());
        if (state == null
                || state.id() != piece.expected().id()
                || state.generation() != piece.expected().generation()) {
            return false;
        }
        List<Coverage> old = state.coverage();
        if (facts.revision() != null
                && state.revision() != null
                && !facts.revision().equals(state.revision())) {
            context.ledger.expire(session, state.id(), at);
            old = old.stream().map(entry -> entry.until(at)).toList();
        }
        IntervalSet ours = elsewhere.gapsWithin(piece.covered()).subtract(newer(old, at));
        List<Coverage> entries = new ArrayList<>(Coverages.outside(old, ours));
        long change = 0;
        for (Interval interval : ours.intervals()) {
            List<StoredRow> inside = Coverages.within(piece.rows(), interval);
            long[] ticks = inside.stream().mapToLong(StoredRow::tick).toArray();
            Arrays.sort(ticks);
            entries.addAll(holes.cut(freshness.entries(interval, fetchedAt, ticks, facts), old, ticks));
            change += replaceRows(session, id, interval, inside, rows);
        }
        entries.sort(Comparator.comparingLong(entry -> entry.interval().lo()));
        if (old.isEmpty()) {
            context.ledger.add(session, state.id(), freshness.coalesce(entries));
        } else {
            context.ledger.replace(session, state.id(), piece.window(), freshness.coalesce(entries));
        }
        context.ledger.committed(session, state.id(), change, facts.revision(), at);
        return true;
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

    /** Returns by how much the number of rows grows. */
    private long replaceRows(
            Session session, PartitionId id, Interval interval, List<StoredRow> rows, List<@Nullable Object[]> toAppend)
            throws SQLException {
        RowQuery old = context.table.rowsOf(id, interval);
        int before = toAppend.size();
        if (context.settings.intake().writeMode() == WriteMode.MERGE) {
            toAppend.addAll(kept(session, old, rows));
        }
        rows.forEach(row -> toAppend.add(row.values()));
        return toAppend.size() - before - context.table.delete(session, old);
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
