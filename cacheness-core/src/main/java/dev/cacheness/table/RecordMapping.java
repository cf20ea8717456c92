package dev.cacheness.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the components of a record are the columns of a table. */
final class RecordMapping<R extends Record> {

    /** From so many rows on all cores are worth it. */
    private static final int MANY = 16_384;

    private final Class<R> type;

    private final List<RecordColumn> components = new ArrayList<>();

    private RecordMapping(Class<R> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(RecordColumn.of(component, type));
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

    Table toTable(Collection<? extends R> rows) {
        Object[] records = rows.toArray();
        Stream<RecordColumn> each = records.length < MANY ? components.stream() : components.parallelStream();
        return Table.of(each.map(component -> columnOf(component, records)).toList());
    }

    private Column columnOf(RecordColumn component, Object[] records) {
        try {
            return component.columnOf(records);
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw failed(ex);
        }
    }

    IntFunction<R> fromTable(Table table) {
        RecordColumn[] fields = components.toArray(RecordColumn[]::new);
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = fields[i].columnOf(table, type);
        }
        Constructor<R> constructor = constructor();
        return row -> {
            @Nullable Object[] values = new Object[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields[i].fromColumn(columns[i].get(row));
            }
            return make(constructor, values);
        };
    }

    private Constructor<R> constructor() {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(parameters);
            constructor.trySetAccessible();
            return constructor;
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", ex);
        }
    }

    private R make(Constructor<R> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException ex) {
            if (ex.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw failed(ex.getCause());
        } catch (IllegalAccessException ex) {
            throw unreachable(type, ex);
        } catch (InstantiationException ex) {
            throw failed(ex);
        }
    }

    private IllegalStateException failed(@Nullable Throwable cause) {
        return new IllegalStateException(type.getName() + " could not be read or made", cause);
    }

    static IllegalArgumentException unreachable(Class<? extends Record> type, IllegalAccessException cause) {
        return new IllegalArgumentException(
                type.getName() + " cannot be reached; open its package to " + RecordMapping.class.getModule(), cause);
    }
}
