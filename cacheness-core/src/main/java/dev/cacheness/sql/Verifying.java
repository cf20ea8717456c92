package dev.cacheness.sql;

import dev.cacheness.sql.SqlCacheReport.Kind;
import dev.cacheness.sql.SqlCacheReport.Problem;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares ledger and table, in one state of the database. */
final class Verifying {

    private final Context<?> context;

    Verifying(Context<?> context) {
        this.context = context;
    }

    SqlCacheReport verify() {
        try {
            return context.store.readOnce(this::verify);
        } catch (SQLException e) {
            throw context.failed("verifying", e);
        }
    }

    private SqlCacheReport verify(Session session) throws SQLException {
        List<Problem> problems = new ArrayList<>();
        Map<PartitionId, PartitionState> all = new HashMap<>();
        context.ledger.all(session).forEach((text, state) -> all.put(PartitionId.parse(text), state));
        Map<String, Long> counts = context.ledger.rowsByAge(session);
        long intervals = 0;
        long known = 0;
        for (Map.Entry<PartitionId, PartitionState> entry : all.entrySet()) {
            PartitionId id = entry.getKey();
            List<Coverage> coverage = entry.getValue().coverage();
            intervals += coverage.size();
            checkOverlap(id, coverage, problems);
            if (!context.settings.fetching().allowUnbound()) {
                known += checkRows(session, id, coverage, counts.getOrDefault(id.toString(), 0L), problems);
            }
        }
        long rows = context.table.countAll(session);
        if (!context.settings.fetching().allowUnbound() && known != rows) {
            problems.add(new Problem(
                    Kind.UNKNOWN_PARTITION,
                    "",
                    (rows - known) + " rows belong to partitions that are not in the ledger"));
        }
        long duplicates = context.table.countDuplicateKeys(session);
        if (duplicates > 0) {
            problems.add(new Problem(Kind.DUPLICATE_KEYS, "", duplicates + " keys have several rows"));
        }
        return new SqlCacheReport(all.size(), intervals, rows, problems);
    }

    private void checkOverlap(PartitionId id, List<Coverage> coverage, List<Problem> problems) {
        for (int i = 1; i < coverage.size(); i++) {
            Interval before = coverage.get(i - 1).interval();
            Interval after = coverage.get(i).interval();
            if (after.lo() < before.hi()) {
                problems.add(new Problem(
                        Kind.OVERLAP, text(id), context.range(before) + " and " + context.range(after) + " overlap"));
            }
        }
    }

    /** Returns how many rows the partition has. */
    private long checkRows(
            Session session, PartitionId id, List<Coverage> coverage, long counted, List<Problem> problems)
            throws SQLException {
        long rows = context.table.count(session, context.table.rowsOf(id, Interval.ALL));
        if (rows != counted) {
            problems.add(new Problem(
                    Kind.ROW_COUNT, text(id), "the table has " + rows + " rows, and the ledger counts " + counted));
        }
        long covered = 0;
        for (Interval interval : IntervalSet.of(
                        coverage.stream().map(Coverage::interval).toList())
                .intervals()) {
            covered += context.table.count(session, context.table.rowsOf(id, interval));
        }
        if (covered != rows) {
            problems.add(
                    new Problem(Kind.UNCOVERED_ROWS, text(id), (rows - covered) + " rows lie in no covered interval"));
        }
        return rows;
    }

    private String text(PartitionId id) {
        return context.partition(id).toString();
    }
}
