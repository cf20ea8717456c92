package dev.cacheness.table;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of named, typed columns, held by column. Immutable.
 *
 * <pre>{@code
 * record Flight(LocalDate day, String from, int delay) {}
 *
 * Table flights = Table.of(Flight.class, list);
 * double first = flights.column("delay").getDouble(0);
 * for (Flight flight : flights.select("day", "from", "delay").rows(Flight.class)) { … }
 * }</pre>
 */
public final class Table {

    private final Map<String, Column> columns;

    private final int rowCount;

    private Table(Map<String, Column> columns, int rowCount) {
        this.columns = columns;
        this.rowCount = rowCount;
    }

    /**
     * A table of these columns.
     *
     * @throws IllegalArgumentException if there is none, if two have the same name, or if they differ in size
     */
    public static Table of(List<Column> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A table needs at least one column");
        }
        Map<String, Column> byName = new LinkedHashMap<>();
        int size = columns.get(0).size();
        for (Column column : columns) {
            if (column.size() != size) {
                throw new IllegalArgumentException("Column '" + column.name() + "' has " + column.size()
                        + " rows, but '" + columns.get(0).name() + "' has " + size);
            }
            if (byName.put(column.name(), column) != null) {
                throw new IllegalArgumentException("There are two columns '" + column.name() + "'");
            }
        }
        return new Table(byName, size);
    }

    /**
     * A table with a column for each component of a record and a row for each record.
     *
     * @throws IllegalArgumentException if a component is of a type that no column has; names it
     */
    public static <R extends Record> Table of(Class<R> type, Collection<? extends R> rows) {
        return RecordMapping.of(type).toTable(rows);
    }

    /** The columns in their order. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** The names of the columns in their order. */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /**
     * The column of a name.
     *
     * @throws IllegalArgumentException if there is none; names those that there are
     */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("There is no column '" + name + "', only " + columns.keySet());
        }
        return column;
    }

    /** The number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /**
     * A table of some of the columns, in the given order. Nothing is copied.
     *
     * @throws IllegalArgumentException if there is no column of a name
     */
    public Table select(String... names) {
        return of(Arrays.stream(names).map(this::column).toList());
    }

    /** The rows, each a map from the names of the columns to values; made when they are asked for. */
    public List<Map<String, @Nullable Object>> rows() {
        return new Rows<>(rowCount, row -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            columns.forEach((name, column) -> values.put(name, column.get(row)));
            return values;
        });
    }

    /**
     * The rows as records, made when they are asked for. Components take the columns of their names.
     *
     * @throws IllegalArgumentException if a component has no column of its name and type, or is a primitive and its column has missing values
     */
    public <R extends Record> List<R> rows(Class<R> type) {
        return new Rows<>(rowCount, RecordMapping.of(type).fromTable(this)::apply);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Table table && columns().equals(table.columns());
    }

    @Override
    public int hashCode() {
        return Objects.hash(columns());
    }

    @Override
    public String toString() {
        return "Table[" + rowCount + " rows, columns " + columns() + "]";
    }

    private static final class Rows<T> extends AbstractList<T> implements RandomAccess {

        private static final int MANY = 16_384;

        private final int size;

        private final IntFunction<T> rows;

        Rows(int size, IntFunction<T> rows) {
            this.size = size;
            this.rows = rows;
        }

        @Override
        public T get(int index) {
            return rows.apply(Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }

        /** For copies of the list: on all cores if it is worth it. */
        @Override
        public Object[] toArray() {
            IntStream numbers = IntStream.range(0, size);
            return (size < MANY ? numbers : numbers.parallel()).mapToObj(rows).toArray();
        }
    }
}
