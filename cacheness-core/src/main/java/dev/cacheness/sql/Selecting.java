package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.RowQuery;
import java.util.ArrayList;
import java.util.List;

/** Finds out which rows answer a query. */
final class Selecting {

    private final Context<?> context;

    Selecting(Context<?> context) {
        this.context = context;
    }

    /** All rows of the table that the query asks for. */
    RowQuery whole(BoundQuery query) {
        List<ColumnTest> tests = new ArrayList<>(query.bound());
        tests.addAll(context.table.within(query.asked()));
        tests.addAll(query.residual());
        return new RowQuery(tests, query.variant(), query.limit());
    }

    /** All rows, those that the query holds included. */
    Selection complete(BoundQuery query, Held held, List<PartPlan> plans) {
        if (held.isEmpty()) {
            return new Selection(List.of(whole(query)), List.of(), query.limit());
        }
        List<RowQuery> pieces = new ArrayList<>();
        for (PartPlan plan : plans) {
            IntervalSet stored = IntervalSet.of(query.asked()).subtract(held.intervals(plan.partition()));
            addPieces(query, plan.partition(), stored, pieces);
        }
        return new Selection(pieces, matching(query, held), query.limit());
    }

    /** The rows of what is good, and no others. */
    Selection partial(BoundQuery query, Held held, List<PartPlan> plans) {
        List<RowQuery> pieces = new ArrayList<>();
        for (PartPlan plan : plans) {
            IntervalSet stored = plan.good().cropTo(query.asked()).subtract(held.intervals(plan.partition()));
            addPieces(query, plan.partition(), stored, pieces);
        }
        return new Selection(pieces, matching(query, held), query.limit());
    }

    private void addPieces(BoundQuery query, Partition partition, IntervalSet ticks, List<RowQuery> pieces) {
        for (Interval interval : ticks.intervals()) {
            RowQuery rows = context.table.rowsOf(partition.id(), interval);
            List<ColumnTest> tests = new ArrayList<>(rows.tests());
            tests.addAll(query.residual());
            pieces.add(new RowQuery(tests, rows.variant(), query.limit()));
        }
    }

    private List<StoredRow> matching(BoundQuery query, Held held) {
        return held.rows().stream()
                .filter(row -> query.asked().contains(row.tick()))
                .filter(row -> query.residual().stream().allMatch(test -> Residuals.holds(context.layout(), test, row)))
                .toList();
    }
}
