package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.ColumnTest.Operator;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.TableLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the partitions and the range of a query. */
final class QueryBinder {

    private static final int MAX_PARTITIONS = 10_000;

    private final Context<?> context;

    QueryBinder(Context<?> context) {
        this.context = context;
    }

    /**
     * @throws IllegalArgumentException if a partition column has no value, the range is empty, or there are too many partitions
     * @throws FetchPlanTooLargeException if the range is wider than the cache allows
     */
    BoundQuery bind(QuerySpec spec) {
        List<ColumnTest> bound = new ArrayList<>();
        List<ColumnTest> residual = new ArrayList<>();
        split(spec.tests(), bound, residual);
        Interval asked = interval(spec);
        long most = context.settings.fetching().maxQuerySpan();
        if (most > 0 && asked.width() > most) {
            throw new FetchPlanTooLargeException(
                    where() + "the query spans " + context.range(asked) + ", which is more than the " + most
                            + " ticks that max-query-span allows. Ask for less, or raise it.");
        }
        String variant = Variants.write(checkedVariants(spec));
        return new BoundQuery(
                partitions(bound, variant), asked, bound, residual, variant, spec.hotWindow(), spec.limit());
    }

    /** The conditions of a query that choose partitions. */
    List<ColumnTest> bound(QuerySpec spec) {
        List<ColumnTest> bound = new ArrayList<>();
        split(spec.tests(), bound, new ArrayList<>());
        return bound;
    }

    /** Splits conditions into those that name partitions and the rest. */
    private void split(List<ColumnTest> tests, List<ColumnTest> bound, List<ColumnTest> residual) {
        for (ColumnTest test : tests) {
            boolean chooses = test.operator() == Operator.EQ || test.operator() == Operator.IN;
            (chooses && isPartition(test.column()) ? bound : residual).add(test);
        }
    }

    private boolean isPartition(Column column) {
        TableLayout layout = context.layout();
        return layout.partition().stream().anyMatch(i -> layout.columns().get(i).equals(column));
    }

    private Map<String, Object> checkedVariants(QuerySpec spec) {
        for (String name : context.definition.variants()) {
            if (!spec.variants().containsKey(name)) {
                throw new IllegalArgumentException(where() + "the query says nothing about the variant '" + name
                        + "'. Add eq(\"" + name + "\", …).");
            }
        }
        return spec.variants();
    }

    /** The ticks that the query asks for. */
    Interval interval(QuerySpec spec) {
        if (context.layout().range() < 0) {
            return Interval.POINT;
        }
        long lo = spec.lo();
        long hi = spec.hi();
        if (spec.last() != null) {
            Instant now = context.now();
            Instant start = now.atZone(context.settings.freshness().zone())
                    .minus(spec.last())
                    .toInstant();
            lo = Math.max(lo, context.domain.tickAt(start));
            hi = Math.min(hi, Ticks.plus(context.domain.tickAt(now), 1));
        }
        if (lo >= hi) {
            throw new IllegalArgumentException(where() + "the range of '" + rangeName() + "' is empty: it begins at "
                    + context.domain.value(lo) + " and ends before " + context.domain.value(hi));
        }
        return new Interval(lo, hi);
    }

    private String rangeName() {
        Column range = context.layout().rangeColumn();
        return range == null ? "" : range.name();
    }

    private List<Partition> partitions(List<ColumnTest> bound, String variant) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[0]);
        for (int position : context.layout().partition()) {
            Column column = context.layout().columns().get(position);
            Set<Object> values = values(column, bound);
            if (values == null && context.settings.fetching().allowUnbound()) {
                rows = times(rows, Collections.singleton(null));
            } else if (values == null) {
                throw new IllegalArgumentException(where() + "the query does not say which '" + column.name()
                        + "' it wants. Add eq(\"" + column.name() + "\", …) or in(\"" + column.name() + "\", …).");
            } else {
                rows = times(rows, values);
            }
        }
        List<String> names = names();
        return rows.stream()
                .map(row -> context.partition(new PartitionId(names, row, variant)))
                .toList();
    }

    private List<String> names() {
        TableLayout layout = context.layout();
        return layout.partition().stream()
                .map(i -> layout.columns().get(i).name())
                .toList();
    }

    private List<@Nullable Object[]> times(List<@Nullable Object[]> rows, Set<? extends @Nullable Object> values) {
        if ((long) rows.size() * values.size() > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    where() + "the query names more than " + MAX_PARTITIONS + " partitions. Ask for fewer at once.");
        }
        List<@Nullable Object[]> out = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            for (Object value : values) {
                @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
                longer[row.length] = value;
                out.add(longer);
            }
        }
        return out;
    }

    /** The values that all conditions on a column allow, null if there is no condition. */
    private static @Nullable Set<Object> values(Column column, List<ColumnTest> bound) {
        Set<Object> values = null;
        for (ColumnTest test : bound) {
            if (test.column().equals(column)) {
                if (values == null) {
                    values = new LinkedHashSet<>(test.values());
                } else {
                    values.retainAll(test.values());
                }
            }
        }
        return values;
    }

    /** Whether a partition that is in the ledger is meant by a query that need not name all partition columns. */
    boolean matches(QuerySpec spec, Partition partition) {
        List<ColumnTest> bound = new ArrayList<>();
        List<ColumnTest> residual = new ArrayList<>();
        split(spec.tests(), bound, residual);
        if (!residual.isEmpty()) {
            throw new IllegalArgumentException(where() + "coverage has partitions and ranges only, but the query has a"
                    + " condition on '" + residual.get(0).column().name() + "'. Leave it out.");
        }
        List<Integer> positions = context.layout().partition();
        for (int i = 0; i < positions.size(); i++) {
            Set<Object> values = values(context.layout().columns().get(positions.get(i)), bound);
            Object value = partition.id().value(i);
            if (values != null && value != null && !values.contains(value)) {
                return false;
            }
        }
        return spec.variants().entrySet().stream()
                .allMatch(e -> e.getValue().toString().equals(partition.value(e.getKey())));
    }

    private String where() {
        return "Cache '" + context.name + "': ";
    }
}
