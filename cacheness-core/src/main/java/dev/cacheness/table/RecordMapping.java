package dev.cacheness.table;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the components of a record are the columns of a table. */
final class RecordMapping<R extends Record> {

    /** From so many rows on all cores are worth it. */
    private static final int MANY = 16_384;

    private final Class<R> type;

    private final List<Component> components = new ArrayList<>();

    private RecordMapping(Class<R> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(componentOf(component));
        }
        if (components.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no components, and a table needs columns");
        }
    }

    static <R extends Record> RecordMapping<R> of(Class<R> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record");
        }
        return new RecordMapping<>(type);
    }

    private Component componentOf(RecordComponent component) {
        Class<?> declared = component.getType();
        Class<?> boxed = MethodType.methodType(declared).wrap().returnType();
        Optional<ColumnType> column = ColumnType.of(boxed);
        Function<String, Object> parser = column.isPresent() ? null : TextForm.parserOf(boxed);
        if (column.isEmpty() && parser == null) {
            throw new IllegalArgumentException("Component '" + component.getName() + "' of " + type.getName() + " is a "
                    + declared.getName() + ", which no column can hold");
        }
        Method accessor = component.getAccessor();
        accessor.trySetAccessible();
        return new Component(
                component.getName(), declared.isPrimitive(), column.orElse(ColumnType.TEXT), parser, accessor);
    }

    Table toTable(Collection<? extends R> rows) {
        Object[] records = rows.toArray();
        Stream<Component> each = records.length < MANY ? components.stream() : components.parallelStream();
        return Table.of(each.map(component -> columnOf(component, records)).toList());
    }

    private Column columnOf(Component component, Object[] records) {
        Column.Builder builder = Column.builder(component.name, component.column);
        for (Object row : records) {
            Object value = invoke(() -> component.accessor.invoke(row));
            builder.append(value == null || component.parser == null ? value : TextForm.format(value));
        }
        return builder.build();
    }

    IntFunction<R> fromTable(Table table) {
        Column[] columns = new Column[components.size()];
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        for (int i = 0; i < columns.length; i++) {
            Component component = components.get(i);
            columns[i] = table.column(component.name);
            if (columns[i].type() != component.column || (component.primitive && columns[i].hasNulls())) {
                throw new IllegalArgumentException("Component '" + component.name + "' of " + type.getName()
                        + " needs a column of type " + component.column
                        + (component.primitive ? " without missing values" : "") + ", but there is " + columns[i]);
            }
        }
        Constructor<R> constructor;
        try {
            constructor = type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", ex);
        }
        constructor.trySetAccessible();
        return row -> {
            @Nullable Object[] values = new Object[columns.length];
            for (int i = 0; i < values.length; i++) {
                Object value = columns[i].get(row);
                Function<String, Object> parser = components.get(i).parser;
                values[i] = value == null || parser == null ? value : parser.apply((String) value);
            }
            return invoke(() -> constructor.newInstance(values));
        };
    }

    private <T> T invoke(Reflection<T> call) {
        try {
            return call.run();
        } catch (InvocationTargetException ex) {
            if (ex.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(type.getName() + " could not be read or made", ex.getCause());
        } catch (ReflectiveOperationException ex) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be reached; open its package to "
                            + getClass().getModule(),
                    ex);
        }
    }

    private record Component(
            String name,
            boolean primitive,
            ColumnType column,
            @Nullable Function<String, Object> parser,
            Method accessor) {}

    private interface Reflection<T> {

        T run() throws ReflectiveOperationException;
    }
}
