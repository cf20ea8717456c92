package dev.cacheness.boot.sql;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What a {@link SqlCacheable} method returns.
 *
 * @param type the declared type
 * @param rowType the record that rows are
 */
record RowResult(Class<?> type, Class<?> rowType) {

    private static final Set<Class<?>> CONTAINERS =
            Set.of(List.class, Collection.class, Iterable.class, Set.class, Stream.class, Optional.class);

    /** @throws IllegalArgumentException if no rows can be got out of it */
    static RowResult of(Class<?> target, Method method) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method, target);
        Class<?> type = returned.resolve(Object.class);
        Class<?> row = CONTAINERS.contains(type) ? returned.getGeneric(0).resolve(Object.class) : type;
        if (!row.isRecord()) {
            throw new IllegalArgumentException(
                    "it returns " + returned
                            + ", but must return a List, Collection, Iterable, Set, Stream or Optional of a record, or a record");
        }
        return new RowResult(type, row);
    }

    boolean isSingle() {
        return type == rowType || type == Optional.class;
    }

    /** Rows as the method's callers expect them. */
    @Nullable
    Object of(List<?> rows) {
        if (isSingle()) {
            if (rows.size() > 1) {
                throw new IllegalStateException(
                        "There are " + rows.size() + " rows of " + rowType.getSimpleName() + ", but one is expected");
            }
            Optional<?> row = rows.stream().findFirst();
            return type == Optional.class ? row : row.orElse(null);
        }
        if (type == Set.class) {
            return new LinkedHashSet<>(rows);
        }
        return type == Stream.class ? rows.stream() : rows;
    }

    @Nullable
    Object empty() {
        return of(List.of());
    }

    /** What the method returned, as rows for the cache. */
    static Object rows(@Nullable Object returned) {
        if (returned == null) {
            return List.of();
        }
        if (returned instanceof Optional<?> row) {
            return row.stream().toList();
        }
        return returned instanceof Record ? List.of(returned) : returned;
    }
}
