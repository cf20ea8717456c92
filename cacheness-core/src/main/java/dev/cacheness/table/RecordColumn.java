package dev.cacheness.table;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a component of a record is a column of a table. */
final class RecordColumn {

    private final String name;

    private final Class<?> declared;

    private final ColumnType type;

    /** Null if the column has the values as they are. */
    private final @Nullable Function<String, Object> parser;

    /** From an object to a {@code long} or a {@code double} where the component is such a primitive, else to an object. */
    private final MethodHandle accessor;

    private RecordColumn(
            RecordComponent component,
            ColumnType type,
            @Nullable Function<String, Object> parser,
            Class<? extends Record> owner) {
        this.name = component.getName();
        this.declared = component.getType();
        this.type = type;
        this.parser = parser;
        this.accessor = accessorOf(component, owner);
    }

    /** @throws IllegalArgumentException if no column can hold it, or if the record cannot be reached */
    static RecordColumn of(RecordComponent component, Class<? extends Record> owner) {
        Class<?> boxed = MethodType.methodType(component.getType()).wrap().returnType();
        Optional<ColumnType> type = ColumnType.of(boxed);
        Function<String, Object> parser = type.isPresent() ? null : TextForm.parserOf(boxed);
        if (type.isEmpty() && parser == null) {
            throw new IllegalArgumentException("Component '" + component.getName() + "' of " + owner.getName()
                    + " is a " + component.getType().getName() + ", which no column can hold");
        }
        return new RecordColumn(component, type.orElse(ColumnType.TEXT), parser, owner);
    }

    private MethodHandle accessorOf(RecordComponent component, Class<? extends Record> owner) {
        Method method = component.getAccessor();
        method.trySetAccessible();
        Class<?> result = isWhole() ? long.class : isDouble() ? double.class : Object.class;
        try {
            return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(result, Object.class));
        } catch (IllegalAccessException ex) {
            throw RecordMapping.unreachable(owner, ex);
        }
    }

    private boolean isWhole() {
        return declared == int.class || declared == long.class || declared == short.class || declared == byte.class;
    }

    private boolean isDouble() {
        return declared == double.class;
    }

    /** The values of the component in all these records. */
    Column columnOf(Object[] records) throws Throwable {
        Column.Builder builder = new Column.Builder(name, type, records.length);
        if (isWhole()) {
            for (Object row : records) {
                builder.appendLong((long) accessor.invokeExact(row));
            }
        } else if (isDouble()) {
            for (Object row : records) {
                builder.appendDouble((double) accessor.invokeExact(row));
            }
        } else {
            for (Object row : records) {
                Object value = (Object) accessor.invokeExact(row);
                builder.append(value == null || parser == null ? value : TextForm.format(value));
            }
        }
        return builder.build();
    }

    /** The column of the same name and type. */
    Column columnOf(Table table, Class<? extends Record> owner) {
        Column column = table.column(name);
        if (column.type() != type || (declared.isPrimitive() && column.hasNulls())) {
            throw new IllegalArgumentException("Component '" + name + "' of " + owner.getName()
                    + " needs a column of type " + type + (declared.isPrimitive() ? " without missing values" : "")
                    + ", but there is " + column);
        }
        return column;
    }

    /** The component's value for one that is in a column. */
    @Nullable
    Object fromColumn(@Nullable Object value) {
        return value == null || parser == null ? value : parser.apply((String) value);
    }
}
