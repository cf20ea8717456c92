package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Turns parameters by name into a query. */
final class ParamParser<T> {

    private final Context<T> context;

    ParamParser(Context<T> context) {
        this.context = context;
    }

    SqlQuery<T> parse(SqlQuery<T> all, Map<String, ?> params) {
        SqlQuery<T> query = all;
        for (Map.Entry<String, ?> param : params.entrySet()) {
            query = add(query, param.getKey(), param.getValue());
        }
        return query;
    }

    private SqlQuery<T> add(SqlQuery<T> query, String name, @Nullable Object value) {
        Column range = context.layout().rangeColumn();
        if (range != null && context.layout().column(name) == null && value != null) {
            if (name.equals("start_date") || name.equals("start") || name.equals(range.name() + "_start")) {
                return query.gte(range.name(), value);
            }
            if (name.equals("end_date") || name.equals("end") || name.equals(range.name() + "_end")) {
                return query.lte(range.name(), value);
            }
        }
        if (value instanceof Map<?, ?> operators) {
            SqlQuery<T> more = query;
            for (Map.Entry<?, ?> operator : operators.entrySet()) {
                more = apply(more, name, String.valueOf(operator.getKey()), operator.getValue());
            }
            return more;
        }
        if (value instanceof Collection<?> || value instanceof Object[]) {
            return query.in(name, collection(value));
        }
        return query.eq(name, given(name, value));
    }

    private SqlQuery<T> apply(SqlQuery<T> query, String name, String operator, @Nullable Object value) {
        Object given = given(name, value);
        BiFunction<String, Object, SqlQuery<T>> condition = switch (operator) {
            case "eq" -> query::eq;
            case "ne" -> query::ne;
            case "start", "gte" -> query::gte;
            case "end", "lte" -> query::lte;
            case "gt" -> query::gt;
            case "lt" -> query::lt;
            case "in" -> (column, values) -> query.in(column, collection(values));
            case "not_in" -> (column, values) -> query.notIn(column, collection(values));
            default ->
                throw new IllegalArgumentException(where(name) + "there is no operator '" + operator
                        + "'. Use start, end, gte, gt, lte, lt, eq, ne, in or not_in.");
        };
        return condition.apply(name, given);
    }

    private Object given(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(where(name) + "the value is null. Leave the parameter out.");
        }
        return value;
    }

    private static Collection<?> collection(Object value) {
        if (value instanceof Collection<?> values) {
            return values;
        }
        return value instanceof Object[] values ? Arrays.asList(values) : List.of(value);
    }

    private String where(String name) {
        return "Cache '" + context.name + "', parameter '" + name + "': ";
    }
}
