package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.store.TableLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what the source returned before any of it is stored. */
final class RowIntake<T> {

    private final Context<T> context;

    private final Settings.Intake settings;

    private final AnswerRows<T> answers;

    private final Comparator<StoredRow> byKey;

    RowIntake(Context<T> context) {
        this.context = context;
        this.settings = context.settings.intake();
        this.answers = new AnswerRows<>(context);
        this.byKey = StoredRows.byKey(context.layout());
    }

    /**
     * The rows of an answer, by partition.
     *
     * @param requested the range asked for
     */
    Page read(@Nullable Object answer, List<Partition> partitions, Interval requested) {
        FetchResult.Facts facts = answer instanceof FetchResult<?> result ? result.facts() : FetchResult.Facts.NONE;
        List<StoredRow> rows = answers.of(answer);
        context.counters.rowsFetched.add(rows.size());
        PageBounds bounds = PageBounds.of(context, facts, rows, requested);
        return new Page(bounds.covered(), sort(rows, partitions, bounds), bounds.next(), facts);
    }

    private Map<Partition, List<StoredRow>> sort(List<StoredRow> rows, List<Partition> partitions, PageBounds bounds) {
        RowSorter sorter = new RowSorter(context, partitions);
        Interval covered = bounds.covered();
        for (StoredRow row : rows) {
            List<StoredRow> wanted = sorter.of(row);
            if (wanted != null && covered != null && covered.contains(row.tick())) {
                wanted.add(row);
            } else if (bounds.next() == null || wanted == null) {
                refuse(row, bounds);
            }
        }
        Map<Partition, List<StoredRow>> sorted = sorter.rows();
        sorted.replaceAll((partition, list) -> unique(list));
        return sorted;
    }

    /** In the order of their keys, each of which is there once. Rows with the same key are neighbours once they are sorted, in the order they came in. */
    private List<StoredRow> unique(List<StoredRow> rows) {
        if (isAscending(rows)) {
            return rows;
        }
        rows.sort(byKey);
        List<StoredRow> unique = new ArrayList<>(rows.size());
        for (StoredRow row : rows) {
            int last = unique.size() - 1;
            if (last < 0 || byKey.compare(unique.get(last), row) != 0) {
                unique.add(row);
            } else {
                unique.set(last, chosen(unique.get(last), row));
            }
        }
        return unique;
    }

    /** Whether nothing is left to do, as with most sources. */
    private boolean isAscending(List<StoredRow> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (byKey.compare(rows.get(i - 1), rows.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private StoredRow chosen(StoredRow known, StoredRow row) {
        if (settings.duplicateRows() == DuplicateRows.FAIL) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source returned two rows with the key "
                            + StoredRows.values(row, context.layout().key())
                            + ". Add the column that tells them apart as @RowKey, or set duplicate-rows to last or"
                            + " first.",
                    null);
        }
        context.counters.duplicateRows.increment();
        return settings.duplicateRows() == DuplicateRows.LAST ? row : known;
    }

    private void refuse(StoredRow row, PageBounds bounds) {
        if (settings.outOfRangeRows() == OutOfRangeRows.FAIL) {
            TableLayout layout = context.layout();
            Column range = layout.rangeColumn();
            Interval covered = bounds.covered();
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source returned a row that was not asked for: "
                            + StoredRows.values(row, layout.partition())
                            + (range == null ? "" : ", " + range.name() + "=" + context.domain.value(row.tick()))
                            + (covered == null ? "" : " outside of " + context.range(covered))
                            + ". Set out-of-range-rows to drop if that is harmless.",
                    null);
        }
        context.counters.rowsDropped.increment();
    }
}
