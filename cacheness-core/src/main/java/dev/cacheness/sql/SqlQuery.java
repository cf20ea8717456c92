package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.sql.range.Ticks;
import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.ColumnTest.Operator;
import dev.cacheness.sql.store.TableLayout;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to a {@link SqlCache}. Names every partition column with {@link #eq} or {@link #in}, usually a range, and perhaps conditions on other
 * columns, which have no part in what is fetched. All conditions hold together. Columns go by their name in the table or by the name of the record
 * component. Immutable: each method returns another query.
 *
 * <p>Asking fetches what is missing, and waits for it. A query without a lower or an upper bound leaves the range open there; time is never asked for
 * beyond now.
 *
 * @param <T> the type of a row
 */
public final class SqlQuery<T> {

    private final SqlCache<T> cache;

    private final QuerySpec spec;

    SqlQuery(SqlCache<T> cache, QuerySpec spec) {
        this.cache = cache;
        this.spec = spec;
    }

    /** The column, or the variant, has the value. */
    public SqlQuery<T> eq(String column, Object value) {
        if (context().definition.variants().contains(column)) {
            return with(spec.withVariant(column, value));
        }
        if (isRange(column)) {
            return with(spec.within(tick(column, value), Ticks.plus(tick(column, value), 1)));
        }
        return test(column, Operator.EQ, List.of(value));
    }

    /** The column has one of the values. */
    public SqlQuery<T> in(String column, Collection<?> values) {
        if (isRange(column)) {
            long least = values.stream().mapToLong(v -> tick(column, v)).min().orElse(0);
            long greatest =
                    values.stream().mapToLong(v -> tick(column, v)).max().orElse(0);
            return test(column, Operator.IN, values).with(s -> s.within(least, Ticks.plus(greatest, 1)));
        }
        return test(column, Operator.IN, values);
    }

    /** The column has one of the values. */
    public SqlQuery<T> in(String column, Object... values) {
        return in(column, Arrays.asList(values));
    }

    /** The column has none of the values. */
    public SqlQuery<T> notIn(String column, Collection<?> values) {
        return test(column, Operator.NOT_IN, values);
    }

    /** The column has another value. */
    public SqlQuery<T> ne(String column, Object value) {
        return test(column, Operator.NE, List.of(value));
    }

    /** The column has the value or a greater one. */
    public SqlQuery<T> gte(String column, Object value) {
        return isRange(column)
                ? with(spec.within(tick(column, value), Long.MAX_VALUE))
                : test(column, Operator.GE, List.of(value));
    }

    /** The column has a greater value. */
    public SqlQuery<T> gt(String column, Object value) {
        return isRange(column)
                ? with(spec.within(Ticks.plus(tick(column, value), 1), Long.MAX_VALUE))
                : test(column, Operator.GT, List.of(value));
    }

    /** The column has the value or a smaller one. */
    public SqlQuery<T> lte(String column, Object value) {
        return isRange(column)
                ? with(spec.within(Long.MIN_VALUE, Ticks.plus(tick(column, value), 1)))
                : test(column, Operator.LE, List.of(value));
    }

    /** The column has a smaller value. */
    public SqlQuery<T> lt(String column, Object value) {
        return isRange(column)
                ? with(spec.within(Long.MIN_VALUE, tick(column, value)))
                : test(column, Operator.LT, List.of(value));
    }

    /**
     * The range column lies between the two values, both of which belong to it.
     *
     * @throws IllegalArgumentException if the first is greater than the last
     */
    public SqlQuery<T> between(Object first, Object last) {
        String column = rangeColumn().name();
        if (tick(column, first) > tick(column, last)) {
            throw reversed(column, first, last);
        }
        return gte(column, first).lte(column, last);
    }

    /**
     * The range column lies in the range from the first value to the second, which does not belong to it.
     *
     * @throws IllegalArgumentException if there is nothing between them
     */
    public SqlQuery<T> range(Object from, Object to) {
        String column = rangeColumn().name();
        if (tick(column, from) >= tick(column, to)) {
            throw reversed(column, from, to);
        }
        return gte(column, from).lt(column, to);
    }

    /** The range column has the value or a greater one. */
    public SqlQuery<T> from(Object from) {
        return gte(rangeColumn().name(), from);
    }

    /** The range column has a smaller value. */
    public SqlQuery<T> until(Object to) {
        return lt(rangeColumn().name(), to);
    }

    /** The range column lies within this time before now. */
    public SqlQuery<T> last(TemporalAmount amount) {
        rangeColumn();
        if (!context().domain.isTime()) {
            throw new IllegalArgumentException(where() + "the range column is no time, so there is no last " + amount);
        }
        return with(spec.withLast(amount));
    }

    /** What is younger than this is fresh for the hot time only, whatever the cache's hot window is. */
    public SqlQuery<T> hotWindow(TemporalAmount window) {
        return with(spec.withHotWindow(window));
    }

    /** No more rows than this. What is fetched stays the same. */
    public SqlQuery<T> limit(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException(where() + "a limit is 0 or more, but got " + rows);
        }
        return with(spec.withLimit(rows));
    }

    /**
     * All rows, in the order of their key.
     *
     * @throws SqlCacheFetchException if the source fails, and the cache does not answer without it
     * @throws FetchPlanTooLargeException if that would take too many calls
     * @throws SqlCacheException if the database fails
     */
    public List<T> list() {
        return List.copyOf(
                cache.get(spec, Engine.Mode.NORMAL, cache.readings().list()).value());
    }

    /** As {@link #list()}, read while it is consumed. Must be closed; until then it holds a connection and its state of the table. */
    public Stream<T> stream() {
        return cache.get(spec, Engine.Mode.NORMAL, cache.readings().stream()).value();
    }

    /** The first row, fetching what {@link #list()} would fetch. */
    public Optional<T> first() {
        return limit(1).list().stream().findFirst();
    }

    /** How many rows there are, fetching what {@link #list()} would fetch. */
    public long count() {
        return cache.get(spec, Engine.Mode.NORMAL, cache.readings().count()).value();
    }

    /** As {@link #list()}, with the facts. */
    public SqlCacheResult<T> result() {
        return result(Engine.Mode.NORMAL);
    }

    /** Fetches all of the range, fresh or not. */
    public SqlCacheResult<T> refresh() {
        return result(Engine.Mode.REFRESH);
    }

    /** What is there and fresh; the source is not asked. */
    public SqlCacheResult<T> peek() {
        return result(Engine.Mode.PEEK);
    }

    private SqlCacheResult<T> result(Engine.Mode mode) {
        Answer<List<T>> answer = cache.get(spec, mode, cache.readings().list());
        return new SqlCacheResult<>(
                answer.value(),
                answer.status(),
                answer.fetched(),
                answer.missing(),
                answer.oldestFetch(),
                answer.provisionalFrom());
    }

    /** Whatever a shape makes of the rows. */
    public <R> R as(ResultShape<T, R> shape) {
        return shape.of(list());
    }

    /** Fetches what is missing, without reading rows, so that SQL can run on them. */
    public EnsuredRows<T> ensure() {
        return cache.ensure(spec);
    }

    /** What asking would do now. Asks nothing of the source. */
    public FetchPlan explain() {
        return cache.explain(spec);
    }

    /**
     * Removes the rows of the range and what the ledger says about it. Partition columns that the query does not name match all; conditions on other
     * columns are not allowed. A fetch that is under way for one of the partitions starts anew.
     *
     * @return how many rows there were
     */
    public long invalidate() {
        return cache.maintenance().invalidate(spec);
    }

    /**
     * Asks the source again for a sample of what is fresh in the range, and compares it with the rows. Nothing is stored: where there are differences,
     * {@link #refresh()} takes them over. The calls are made one after the other by the calling thread.
     *
     * @param calls how many parts of covered ranges to compare at most, 1 or more
     * @throws SqlCacheException if the source fails
     */
    public SqlCacheAudit audit(int calls) {
        return cache.audit(spec, calls);
    }

    /** What the ledger says about the range. Partition columns that the query does not name match all. */
    public List<CoveredRange> coverage() {
        return cache.maintenance().coverage(spec);
    }

    private SqlQuery<T> test(String name, Operator operator, Collection<?> values) {
        Column column = column(name);
        List<Object> stored =
                values.stream().map(value -> stored(column, value)).distinct().toList();
        return with(spec.with(new ColumnTest(column, operator, stored)));
    }

    private Object stored(Column column, @Nullable Object value) {
        try {
            Object stored = value == null ? null : column.store(value);
            if (stored == null) {
                throw new IllegalArgumentException("a condition never holds of null");
            }
            return stored;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where() + "column '" + column.name() + "': " + e.getMessage(), e);
        }
    }

    private SqlQuery<T> with(QuerySpec changed) {
        return new SqlQuery<>(cache, changed);
    }

    private SqlQuery<T> with(UnaryOperator<QuerySpec> change) {
        return with(change.apply(spec));
    }

    private Column column(String name) {
        Column column = context().layout().column(name);
        if (column == null) {
            throw new IllegalArgumentException(where() + "there is no column '" + name + "'. The columns are "
                    + context().definition.columnNames()
                    + (context().definition.variants().isEmpty()
                            ? ""
                            : ", the variants " + context().definition.variants())
                    + ".");
        }
        return column;
    }

    private boolean isRange(String name) {
        return column(name).equals(context().layout().rangeColumn());
    }

    private Column rangeColumn() {
        TableLayout layout = context().layout();
        Column range = layout.rangeColumn();
        if (range == null) {
            throw new IllegalArgumentException(
                    where() + "the table has no range column. Mark one with @RangeKey, or leave the range out.");
        }
        return range;
    }

    private long tick(String column, Object value) {
        try {
            return context().domain.tick(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where() + "column '" + column + "': " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException reversed(String column, Object from, Object to) {
        return new IllegalArgumentException(
                where() + "the range of '" + column + "' from " + from + " to " + to + " is empty or reversed");
    }

    private Context<T> context() {
        return cache.context();
    }

    private String where() {
        return "Cache '" + context().name + "': ";
    }
}
