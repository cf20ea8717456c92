package dev.cacheness.boot.sql;

import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlQuery;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SqlCacheable} method: what its parameters and its result mean. */
public final class SqlCacheableMethod {

    private final Method method;

    private final String cache;

    private final RowResult result;

    private final List<MethodParameter> parameters;

    private SqlCacheableMethod(Method method, String cache, RowResult result, List<MethodParameter> parameters) {
        this.method = method;
        this.cache = cache;
        this.result = result;
        this.parameters = parameters;
    }

    /**
     * Reads the annotations of a method.
     *
     * @param target the class of the bean
     * @throws IllegalArgumentException if it cannot be the source of a cache; says why
     */
    public static SqlCacheableMethod of(Class<?> target, Method method) {
        SqlCacheable annotation = method.getAnnotation(SqlCacheable.class);
        if (annotation == null || annotation.cache().isBlank()) {
            throw new IllegalArgumentException("@SqlCacheable on " + method + " names no cache");
        }
        try {
            RowResult result = RowResult.of(target, method);
            List<MethodParameter> parameters = MethodParameter.all(method, result.rowType());
            if (result.isSingle() && parameters.stream().anyMatch(MethodParameter::allowsMany)) {
                throw new IllegalArgumentException("it takes a collection or a range, so it must return several rows");
            }
            return new SqlCacheableMethod(method, annotation.cache(), result, parameters);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("@SqlCacheable on " + method + ": " + ex.getMessage(), ex);
        }
    }

    /** The name of the cache. */
    public String cache() {
        return cache;
    }

    /** The record that rows are. */
    public Class<?> rowType() {
        return result.rowType();
    }

    /** Whether the method can be asked for several partitions at once. */
    public boolean takesCollection() {
        return parameters.stream().anyMatch(MethodParameter::isMultiple);
    }

    Method method() {
        return method;
    }

    /** What a call of the method gives, answered by its cache. */
    @Nullable
    Object answer(SqlCache<?> rows, @Nullable Object[] arguments) {
        SqlQuery<?> query = rows.query();
        for (int i = 0; i < arguments.length; i++) {
            SqlQuery<?> narrowed = parameters.get(i).narrow(query, arguments[i]);
            if (narrowed == null) {
                return result.empty();
            }
            query = narrowed;
        }
        if (isEmptyRange(arguments)) {
            return result.empty();
        }
        return result.of(query.list());
    }

    /** A range without its end, from a value to itself, is empty and nothing to complain about. */
    private boolean isEmptyRange(@Nullable Object[] arguments) {
        Object start = null;
        Object end = null;
        for (int i = 0; i < arguments.length; i++) {
            start = parameters.get(i).isStart() ? arguments[i] : start;
            end = parameters.get(i).isExclusiveEnd() ? arguments[i] : end;
        }
        return start != null && start.equals(end);
    }

    /** The arguments for what the cache lacks. */
    @Nullable
    Object[] arguments(FetchRequest request) {
        FetchRange range = request.range();
        return parameters.stream()
                .map(parameter -> parameter.argument(request, range))
                .toArray();
    }
}
