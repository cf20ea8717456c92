package dev.cacheness.internal.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** Composes one handle that takes the stored forms of all values of a row, so that nothing is looked up for each row. */
final class StoreHandles {

    private static final MethodHandle STORE = store();

    private StoreHandles() {}

    /**
     * {@code (Object) -> Object[]}: the stored forms of what the accessors say about the row.
     *
     * @param accessors one for each column, from the row to the value
     */
    static MethodHandle storer(List<MethodHandle> accessors, List<Column> columns) {
        MethodHandle[] filters = new MethodHandle[columns.size()];
        for (int i = 0; i < filters.length; i++) {
            filters[i] =
                    stored(accessors.get(i), columns.get(i)).asType(MethodType.methodType(Object.class, Object.class));
        }
        MethodHandle array = MethodHandles.identity(Object[].class).asCollector(Object[].class, filters.length);
        MethodHandle perColumn = MethodHandles.filterArguments(array, 0, filters);
        return MethodHandles.permuteArguments(
                perColumn, MethodType.methodType(Object[].class, Object.class), new int[filters.length]);
    }

    private static MethodHandle stored(MethodHandle accessor, Column column) {
        Class<?> type = column.type();
        if (!type.isPrimitive()) {
            MethodHandle value = accessor.asType(accessor.type().changeReturnType(Object.class));
            return MethodHandles.filterReturnValue(value, STORE.bindTo(column));
        }
        return accessor.asType(accessor.type().changeReturnType(widened(type)));
    }

    /** Primitives are stored as they are, in the widest type of their kind. */
    private static Class<?> widened(Class<?> type) {
        if (type == boolean.class) {
            return boolean.class;
        }
        return type == double.class || type == float.class ? double.class : long.class;
    }

    private static MethodHandle store() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Column.class, "storeNamed", MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
