package dev.cacheness.internal.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record class as a table: one column for each component, named in snake case. A component of a primitive type, or without an annotation called
 * {@code Nullable}, is a column that is not nullable.
 *
 * @param <R> the record
 */
public final class RecordShape<R> implements RowShape<R> {

    private final Class<R> type;

    private final List<Column> columns;

    private final MethodHandle storer;

    private final MethodHandle constructor;

    private final MethodHandle reader;

    private RecordShape(Class<R> type, List<Column> columns, List<MethodHandle> accessors, MethodHandle constructor) {
        this.type = type;
        this.columns = List.copyOf(columns);
        this.storer = StoreHandles.storer(accessors, columns);
        this.constructor = constructor.asType(constructor.type().generic()).asSpreader(Object[].class, columns.size());
        this.reader = ReadHandles.reader(constructor, columns);
    }

    /** @throws IllegalArgumentException if the class is no record, cannot be reached, or has components that no column can hold */
    public static <R> RecordShape<R> of(Class<R> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is not a record. Rows of a table are records.");
        }
        RecordComponent[] components = type.getRecordComponents();
        if (components.length == 0) {
            throw new IllegalArgumentException(type.getName() + " has no components, so there are no columns");
        }
        List<Column> columns = new ArrayList<>();
        for (RecordComponent component : components) {
            columns.add(new Column(
                    Names.snakeCase(component.getName()),
                    component.getName(),
                    component.getType(),
                    isNullable(component)));
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            List<MethodHandle> accessors = new ArrayList<>();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
                accessors.add(lookup.unreflect(component.getAccessor()));
            }
            return new RecordShape<>(type, columns, accessors, lookup.unreflectConstructor(constructor(type)));
        } catch (IllegalAccessException | RuntimeException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be reached by reflection. Make it accessible, or open its module.", e);
        }
    }

    private static <R> Constructor<R> constructor(Class<R> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record without its canonical constructor: " + type, e);
        }
    }

    private static boolean isNullable(RecordComponent component) {
        if (component.getType().isPrimitive()) {
            return false;
        }
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"))
                || Arrays.stream(component.getAnnotations())
                        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    public Class<R> type() {
        return type;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable Object[] store(R row) {
        try {
            return (@Nullable Object[]) storer.invokeExact((Object) row);
        } catch (Throwable e) {
            throw ReadHandles.rethrow(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public R restore(@Nullable Object[] stored) {
        @Nullable Object[] values = new @Nullable Object[stored.length];
        for (int i = 0; i < stored.length; i++) {
            values[i] = columns.get(i).restore(stored[i]);
        }
        return create(values);
    }

    /** The record of its components' values. */
    @SuppressWarnings("unchecked")
    public R create(@Nullable Object[] values) {
        try {
            return (R) (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw ReadHandles.rethrow(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public RowReader<R> reader() {
        return row -> (R) read(row);
    }

    private Object read(ResultSet row) throws SQLException {
        try {
            return (Object) reader.invokeExact(row);
        } catch (SQLException e) {
            throw e;
        } catch (Throwable e) {
            throw ReadHandles.rethrow(e);
        }
    }
}
