package dev.cacheness.internal.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.ResultSet;
import java.util.List;

/** Composes one handle that reads a whole row and calls the constructor, so that primitives are never boxed. */
final class ReadHandles {

    private static final MethodHandle GET_LONG = getter("getLong", long.class);

    private static final MethodHandle GET_INT = getter("getInt", int.class);

    private static final MethodHandle GET_SHORT = getter("getShort", short.class);

    private static final MethodHandle GET_BYTE = getter("getByte", byte.class);

    private static final MethodHandle GET_DOUBLE = getter("getDouble", double.class);

    private static final MethodHandle GET_FLOAT = getter("getFloat", float.class);

    private static final MethodHandle GET_BOOLEAN = getter("getBoolean", boolean.class);

    private static final MethodHandle READ = column();

    private ReadHandles() {}

    /** {@code (ResultSet) -> Object}: the constructor applied to the columns 1, 2, … of the row. */
    static MethodHandle reader(MethodHandle constructor, List<Column> columns) {
        MethodHandle[] filters = new MethodHandle[columns.size()];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = value(columns.get(i), i + 1);
        }
        MethodHandle perColumn = MethodHandles.filterArguments(constructor, 0, filters);
        MethodType once = MethodType.methodType(constructor.type().returnType(), ResultSet.class);
        return MethodHandles.permuteArguments(perColumn, once, new int[filters.length])
                .asType(MethodType.methodType(Object.class, ResultSet.class));
    }

    private static MethodHandle value(Column column, int index) {
        Class<?> type = column.type();
        if (type.isPrimitive()) {
            return MethodHandles.insertArguments(primitive(type), 1, index);
        }
        MethodHandle read = MethodHandles.insertArguments(READ.bindTo(column), 1, index);
        return read.asType(MethodType.methodType(type, ResultSet.class));
    }

    private static MethodHandle primitive(Class<?> type) {
        if (type == long.class) {
            return GET_LONG;
        }
        if (type == int.class) {
            return GET_INT;
        }
        if (type == double.class) {
            return GET_DOUBLE;
        }
        if (type == boolean.class) {
            return GET_BOOLEAN;
        }
        if (type == float.class) {
            return GET_FLOAT;
        }
        return type == short.class ? GET_SHORT : GET_BYTE;
    }

    private static MethodHandle getter(String name, Class<?> type) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(ResultSet.class, name, MethodType.methodType(type, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle column() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Column.class, "read", MethodType.methodType(Object.class, ResultSet.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What a handle threw, as something unchecked. */
    static RuntimeException rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
