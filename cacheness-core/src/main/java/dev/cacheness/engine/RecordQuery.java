package dev.cacheness.engine;

import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.internal.custom.RecordMapping;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A query by the custom metadata of one record class.
 *
 * @param <R> the record
 */
final class RecordQuery<R extends Record> extends ConditionBuilder<CustomMetadataQuery<R>>
        implements CustomMetadataQuery<R> {

    private static final int MAX_LIMIT = 10_000;

    private final RecordMapping<R> mapping;

    private final CustomQueries queries;

    private final List<CustomCondition> conditions;

    private final List<CustomOrder> orders;

    private final int offset;

    private final int limit;

    RecordQuery(RecordMapping<R> mapping, CustomQueries queries) {
        this(mapping, queries, List.of(), List.of(), 0, Integer.MAX_VALUE);
    }

    private RecordQuery(
            RecordMapping<R> mapping,
            CustomQueries queries,
            List<CustomCondition> conditions,
            List<CustomOrder> orders,
            int offset,
            int limit) {
        super(mapping.table());
        this.mapping = mapping;
        this.queries = queries;
        this.conditions = conditions;
        this.orders = orders;
        this.offset = offset;
        this.limit = limit;
    }

    @Override
    CustomMetadataQuery<R> with(CustomCondition condition) {
        return new RecordQuery<>(mapping, queries, plus(conditions, condition), orders, offset, limit);
    }

    @Override
    public CustomMetadataQuery<R> orderBy(String component) {
        return ordered(new CustomOrder(column(component), false));
    }

    @Override
    public CustomMetadataQuery<R> orderByDescending(String component) {
        return ordered(new CustomOrder(column(component), true));
    }

    private CustomMetadataQuery<R> ordered(CustomOrder order) {
        return new RecordQuery<>(mapping, queries, conditions, plus(orders, order), offset, limit);
    }

    @Override
    public CustomMetadataQuery<R> offset(int offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, but is " + offset);
        }
        return new RecordQuery<>(mapping, queries, conditions, orders, offset, limit);
    }

    @Override
    public CustomMetadataQuery<R> limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", but is " + limit);
        }
        return new RecordQuery<>(mapping, queries, conditions, orders, offset, limit);
    }

    @Override
    public List<Match<R>> list() {
        return matches(limit);
    }

    @Override
    public Optional<Match<R>> first() {
        return matches(1).stream().findFirst();
    }

    @Override
    public Stream<Match<R>> stream() {
        return list().stream();
    }

    private List<Match<R>> matches(int most) {
        return queries.list(table, condition(), orders, offset, most).stream()
                .map(match -> new Match<>(match.digest(), mapping.record(match)))
                .toList();
    }

    @Override
    public long count() {
        return queries.count(table, condition());
    }

    @Override
    public int invalidate() {
        return queries.invalidate(table, condition());
    }

    private CustomCondition condition() {
        return new CustomCondition.All(conditions);
    }

    private static <T> List<T> plus(List<T> some, T one) {
        var more = new ArrayList<>(some);
        more.add(one);
        return more;
    }
}
