package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.InvalidValueException;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.store.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what the source returned before any of it is stored. */
final class RowIntake<T> {

    private final Context<T> context;

    private final Settings.Intake settings;

    private final Comparator<StoredRow> byKey;

    RowIntake(Context<T> context) {
        this.context = context;
        this.settings = context.settings.intake();
        this.byKey = StoredRows.byKey(context.layout());
    }

    /**
     * The rows of an answer, by partition.
     *
     * @param requested the range asked for
     */
    Page read(@Nullable Object answer, List<Partition> partitions, Interval requested) {
        FetchResult.Facts facts = answer instanceof FetchResult<?> result ? result.facts() : FetchResult.Facts.NONE;
        List<StoredRow> rows = store(answer);
        context.counters.rowsFetched.add(rows.size());
        Bounds bounds = bounds(facts, rows, requested);
        Map<Partition, List<StoredRow>> sorted = sort(rows, partitions, bounds);
        return new Page(bounds.covered(), sorted, bounds.next(), facts);
    }

    /** What an answer covers, and where the next page begins. */
    private record Bounds(
            @Nullable Interval covered, @Nullable Long next) {}

    private List<StoredRow> store(@Nullable Object answer) {
        List<StoredRow> stored = new ArrayList<>();
        if (answer instanceof FetchResult<?> result) {
            storeAll(result.rows(), stored);
        } else if (answer instanceof Iterable<?> rows) {
            storeAll(rows, stored);
        } else if (answer instanceof Object[] rows) {
            storeAll(Arrays.asList(rows), stored);
        } else if (answer instanceof Stream<?> rows) {
            try (rows) {
                Stream<Object> all = rows.map(row -> row);
                storeAll(all::iterator, stored);
            }
        } else {
            String got = answer == null ? "null" : "a " + answer.getClass().getName();
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source returned " + got + ". Return an Iterable, a Stream, an"
                            + " array or a FetchResult of rows; no rows is an empty one.",
                    null);
        }
        return stored;
    }

    private void storeAll(Iterable<?> rows, List<StoredRow> stored) {
        int index = 0;
        for (Object row : rows) {
            try {
                stored.add(store(row, index));
            } catch (InvalidRowException e) {
                if (settings.invalidRows() == InvalidRows.FAIL) {
                    throw e;
                }
                context.counters.rowsDropped.increment();
            }
            index++;
        }
    }

    @SuppressWarnings("unchecked")
    private StoredRow store(@Nullable Object row, int index) {
        if (row == null) {
            throw new InvalidRowException(context.name, index, "(all)", "the row is null", null);
        }
        try {
            @Nullable Object[] values = context.definition.shape().store((T) row);
            int range = context.layout().range();
            Object tick = range < 0 ? Long.valueOf(0) : values[range];
            return new StoredRow(tick instanceof Long number ? number : 0, values);
        } catch (InvalidValueException e) {
            throw new InvalidRowException(context.name, index, e.column(), String.valueOf(e.getMessage()), e);
        } catch (ClassCastException e) {
            throw new InvalidRowException(
                    context.name,
                    index,
                    "(all)",
                    "the row is a " + row.getClass().getName(),
                    e);
        }
    }

    private Bounds bounds(FetchResult.Facts facts, List<StoredRow> rows, Interval requested) {
        RangeDomain domain = context.domain;
        Long next = facts.next() == null ? fullPage(rows, requested) : Long.valueOf(domain.tick(facts.next()));
        if (next != null && next <= requested.lo()) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the page from " + domain.value(requested.lo())
                            + " says that the next"
                            + " one begins at " + domain.value(next) + ", so the source makes no progress. If one value"
                            + " of the range has more rows than a page, raise max-rows-per-fetch or add them up.",
                    null);
        }
        if (next != null && next < requested.hi()) {
            return new Bounds(new Interval(requested.lo(), next), next);
        }
        if (facts.coveredFrom() == null || facts.coveredTo() == null) {
            return new Bounds(requested, null);
        }
        return new Bounds(inward(domain.tick(facts.coveredFrom()), domain.tick(facts.coveredTo()), requested), null);
    }

    /** A page that is as full as pages get may have been cut off within its last tick, so it counts up to there only. */
    private @Nullable Long fullPage(List<StoredRow> rows, Interval requested) {
        int most = context.settings.fetching().maxRowsPerFetch();
        if (most == 0 || rows.size() < most || context.layout().range() < 0) {
            return null;
        }
        return rows.stream()
                .mapToLong(StoredRow::tick)
                .filter(requested::contains)
                .max()
                .orElse(requested.lo());
    }

    /** The whole steps of what a source claims to cover; a bound that was asked for need not be the bound of a step. */
    private @Nullable Interval inward(long from, long to, Interval requested) {
        Step step = context.settings.freshness().step();
        long lo = step == null ? from : context.domain.alignUp(from, step);
        long hi = step == null ? to : context.domain.alignDown(to, step);
        lo = from <= requested.lo() ? Math.min(lo, requested.lo()) : lo;
        hi = to >= requested.hi() ? Math.max(hi, requested.hi()) : hi;
        return lo < hi ? new Interval(lo, hi) : null;
    }

    private Map<Partition, List<StoredRow>> sort(List<StoredRow> rows, List<Partition> partitions, Bounds bounds) {
        List<Integer> named = named(partitions.get(0));
        Map<List<Object>, Partition> byValues = new HashMap<>();
        Map<Partition, List<StoredRow>> sorted = new LinkedHashMap<>();
        for (Partition partition : partitions) {
            byValues.put(valuesOf(partition), partition);
            sorted.put(partition, new ArrayList<>(rows.size() / partitions.size()));
        }
        Interval covered = bounds.covered();
        for (StoredRow row : rows) {
            Partition partition = byValues.get(StoredRows.values(row, named));
            if (partition != null && covered != null && covered.contains(row.tick())) {
                sorted.getOrDefault(partition, new ArrayList<>()).add(row);
            } else if (bounds.next() == null || partition == null) {
                refuse(row, bounds);
            }
        }
        sorted.replaceAll((partition, list) -> unique(list));
        return sorted;
    }

    /** In the order of their keys, each of which is there once. Rows with the same key are neighbours once they are sorted, in the order they came in. */
    private List<StoredRow> unique(List<StoredRow> rows) {
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

    private static List<Object> valuesOf(Partition partition) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < partition.id().size(); i++) {
            Object value = partition.id().value(i);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The positions of the partition columns that a request names values of; all its partitions name the same. */
    private List<Integer> named(Partition partition) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < partition.id().size(); i++) {
            if (partition.id().value(i) != null) {
                positions.add(context.layout().partition().get(i));
            }
        }
        return positions;
    }

    private StoredRow chosen(StoredRow known, StoredRow row) {
        if (settings.duplicateRows() == DuplicateRows.FAIL) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source returned two rows with the key "
                            + StoredRows.values(row, context.layout().key()) + ". Add the"
                            + " column that tells them apart as @RowKey, or set duplicate-rows to last or first.",
                    null);
        }
        context.counters.duplicateRows.increment();
        return settings.duplicateRows() == DuplicateRows.LAST ? row : known;
    }

    private void refuse(StoredRow row, Bounds bounds) {
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
