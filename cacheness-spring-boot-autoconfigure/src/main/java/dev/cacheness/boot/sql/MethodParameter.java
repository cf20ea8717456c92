package dev.cacheness.boot.sql;

import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlQuery;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;

/**
 * A parameter of a {@link SqlCacheable} method.
 *
 * @param role what it means
 * @param column the record component that it is about
 * @param type its type
 */
record MethodParameter(Role role, String column, Class<?> type) {

    enum Role {
        VALUE,
        VALUES,
        START,
        END,
        LAST
    }

    /** @throws IllegalArgumentException if the parameters do not say all that a query must say, or something else */
    static List<MethodParameter> all(Method method, Class<?> rowType) {
        List<MethodParameter> all = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            all.add(of(parameter, rowType));
        }
        check(all, rowType);
        return List.copyOf(all);
    }

    private static MethodParameter of(Parameter parameter, Class<?> rowType) {
        PartitionKey key = parameter.getAnnotation(PartitionKey.class);
        RangeEnd end = parameter.getAnnotation(RangeEnd.class);
        if (key != null) {
            String name = key.value().isEmpty() ? parameter.getName() : key.value();
            component(rowType, PartitionKey.class, name);
            boolean isMultiple = Iterable.class.isAssignableFrom(parameter.getType())
                    || parameter.getType().isArray();
            return new MethodParameter(isMultiple ? Role.VALUES : Role.VALUE, name, parameter.getType());
        }
        if (end != null || parameter.isAnnotationPresent(RangeStart.class)) {
            RecordComponent component = component(rowType, RangeKey.class, null);
            if (ClassUtils.resolvePrimitiveIfNecessary(component.getType())
                    != ClassUtils.resolvePrimitiveIfNecessary(parameter.getType())) {
                throw new IllegalArgumentException("parameter '" + parameter.getName() + "' must be a "
                        + component.getType().getSimpleName() + ", as '" + component.getName() + "' of "
                        + rowType.getSimpleName() + " is");
            }
            Role role = end == null ? Role.START : end.inclusive() ? Role.LAST : Role.END;
            return new MethodParameter(role, component.getName(), parameter.getType());
        }
        throw new IllegalArgumentException("parameter '" + parameter.getName()
                + "' says nothing that the cache understands. Mark it with @PartitionKey, @RangeStart or @RangeEnd.");
    }

    private static RecordComponent component(
            Class<?> rowType, Class<? extends Annotation> annotation, @Nullable String name) {
        return Arrays.stream(rowType.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(annotation))
                .filter(component -> name == null || component.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(rowType.getSimpleName() + " has no component "
                        + (name == null ? "" : "'" + name + "' ") + "with @" + annotation.getSimpleName()));
    }

    private static void check(List<MethodParameter> all, Class<?> rowType) {
        Set<String> missing = new TreeSet<>();
        for (RecordComponent component : rowType.getRecordComponents()) {
            long named = all.stream()
                    .filter(parameter -> parameter.column.equals(component.getName()))
                    .count();
            if (component.isAnnotationPresent(PartitionKey.class) && named != 1) {
                missing.add("one parameter with @PartitionKey for '" + component.getName() + "'");
            }
            if (component.isAnnotationPresent(RangeKey.class)) {
                boolean hasStart = all.stream().filter(MethodParameter::isStart).count() == 1;
                if (!hasStart || named != 2) {
                    missing.add(
                            "one parameter with @RangeStart and one with @RangeEnd for '" + component.getName() + "'");
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("it needs " + String.join(", ", missing));
        }
        if (all.stream().filter(MethodParameter::isMultiple).count() > 1) {
            throw new IllegalArgumentException("only one parameter may be a collection");
        }
    }

    boolean isMultiple() {
        return role == Role.VALUES;
    }

    boolean allowsMany() {
        return role != Role.VALUE;
    }

    boolean isStart() {
        return role == Role.START;
    }

    boolean isExclusiveEnd() {
        return role == Role.END;
    }

    /** The query for an argument, null if it asks for nothing. */
    @Nullable
    SqlQuery<?> narrow(SqlQuery<?> query, @Nullable Object argument) {
        if (argument == null) {
            if (role == Role.VALUE || role == Role.VALUES) {
                throw new IllegalArgumentException("The argument for '" + column + "' is null");
            }
            return query;
        }
        return switch (role) {
            case VALUE -> query.eq(column, argument);
            case VALUES -> {
                Collection<?> values = values(argument);
                yield values.isEmpty() ? null : query.in(column, values);
            }
            case START -> query.gte(column, argument);
            case END -> query.lt(column, argument);
            case LAST -> query.lte(column, argument);
        };
    }

    private static Collection<?> values(Object argument) {
        List<@Nullable Object> values = new ArrayList<>();
        if (argument instanceof Iterable<?> many) {
            many.forEach(values::add);
        } else {
            for (int i = 0; i < Array.getLength(argument); i++) {
                values.add(Array.get(argument, i));
            }
        }
        return values;
    }

    @Nullable
    Object argument(FetchRequest request, FetchRange range) {
        return switch (role) {
            case VALUE -> convert(request.partitions().get(0).value(column(request)), type);
            case VALUES -> collection(request.values(column(request), Object.class));
            case START -> range.isOpenStart() ? null : convert(range.from(), type);
            case END -> range.isOpenEnd() ? null : convert(range.to(), type);
            case LAST -> range.isOpenEnd() ? null : convert(range.last(), type);
        };
    }

    /** The partition goes by names of columns, which are those of components in snake case. */
    private String column(FetchRequest request) {
        Set<String> names = request.partitions().get(0).values().keySet();
        return names.stream()
                .filter(name -> name.replace("_", "").equalsIgnoreCase(column.replace("_", "")))
                .findFirst()
                .orElse(column);
    }

    private Object collection(List<Object> values) {
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), values.size());
            for (int i = 0; i < values.size(); i++) {
                Array.set(array, i, convert(values.get(i), type.getComponentType()));
            }
            return array;
        }
        return Set.class.isAssignableFrom(type) ? new LinkedHashSet<>(values) : values;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object convert(@Nullable Object value, Class<?> type) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (value instanceof Number number && Number.class.isAssignableFrom(wanted) && !wanted.isInstance(value)) {
            return NumberUtils.convertNumberToTargetClass(number, (Class<? extends Number>) wanted);
        }
        return value;
    }
}
