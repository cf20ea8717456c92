package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.MapShape;
import dev.cacheness.internal.record.Names;
import dev.cacheness.internal.record.RecordShape;
import dev.cacheness.internal.record.RowShape;
import dev.cacheness.sql.store.TableLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table that rows are kept in: its name, columns and keys. Immutable.
 *
 * @param <T> the type of a row
 */
public final class TableDefinition<T> {

    private final RowShape<T> shape;

    private final TableLayout layout;

    private final List<String> variants;

    TableDefinition(String name, RowShape<T> shape, Keys keys, List<String> variants) {
        this.shape = shape;
        this.variants = List.copyOf(variants);
        this.layout = layout(name, shape.columns(), keys, !variants.isEmpty());
    }

    /** Which columns are keys, by name. */
    record Keys(List<String> partition, List<String> range, List<String> row) {}

    /**
     * The table of a record class: {@link CacheTable} names it, {@link PartitionKey}, {@link RangeKey} and {@link RowKey} mark its keys.
     *
     * @throws IllegalArgumentException if the record cannot be a table
     */
    public static <R> TableDefinition<R> of(Class<R> type) {
        RecordShape<R> shape = RecordShape.of(type);
        List<String> partition = new ArrayList<>();
        List<String> range = new ArrayList<>();
        List<String> row = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Names.snakeCase(component.getName());
            if (component.isAnnotationPresent(PartitionKey.class)) {
                partition.add(name);
            }
            if (component.isAnnotationPresent(RangeKey.class)) {
                range.add(name);
            }
            if (component.isAnnotationPresent(RowKey.class)) {
                row.add(name);
            }
        }
        CacheTable table = type.getAnnotation(CacheTable.class);
        String name = table == null ? Names.snakeCase(type.getSimpleName()) : table.value();
        return new TableDefinition<>(name, shape, new Keys(partition, range, row), List.of());
    }

    /** A table whose columns are named one by one, with rows as maps. */
    public static Columns named(String name) {
        return new Columns(Names.check(name));
    }

    TableDefinition<T> withVariants(List<String> names) {
        Keys keys = new Keys(
                layout.partition().stream().map(this::nameAt).toList(),
                layout.range() < 0 ? List.of() : List.of(nameAt(layout.range())),
                layout.rowKeys().stream().map(this::nameAt).toList());
        return new TableDefinition<>(layout.name(), shape, keys, names);
    }

    private String nameAt(int index) {
        return layout.columns().get(index).name();
    }

    /** The table's name. */
    public String name() {
        return layout.name();
    }

    /** The names of all columns. */
    public List<String> columnNames() {
        return layout.columns().stream().map(Column::name).toList();
    }

    /** The names of the key's columns. */
    public List<String> primaryKeys() {
        return layout.key().stream().map(this::nameAt).toList();
    }

    /** The name of the range column, empty if there is none. */
    public Optional<String> rangeColumn() {
        return layout.range() < 0 ? Optional.empty() : Optional.of(nameAt(layout.range()));
    }

    RowShape<T> shape() {
        return shape;
    }

    TableLayout layout() {
        return layout;
    }

    List<String> variants() {
        return variants;
    }

    private static TableLayout layout(String name, List<Column> columns, Keys keys, boolean variants) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "Table '" + name + "' has two columns '" + column.name() + "', or they differ only by case");
            }
            if (column.name().equalsIgnoreCase(TableLayout.VARIANT)) {
                throw new IllegalArgumentException("Table '" + name + "': the column '" + column.name() + "' is taken");
            }
        }
        if (keys.range().size() > 1) {
            throw new IllegalArgumentException(
                    "Table '" + name + "' has several range columns, " + keys.range() + ", but one is the most");
        }
        if (keys.partition().isEmpty() && keys.range().isEmpty() && keys.row().isEmpty()) {
            throw new IllegalArgumentException("Table '" + name + "' has no key. Mark what tells rows apart with"
                    + " @PartitionKey, @RangeKey or @RowKey.");
        }
        List<Integer> partition = positions(columns, keys.partition());
        partition.sort(Comparator.comparing(i -> columns.get(i).name()));
        List<Integer> range = positions(columns, keys.range());
        List<Integer> row = positions(columns, keys.row());
        return new TableLayout(name, columns, partition, range.isEmpty() ? -1 : range.get(0), row, variants);
    }

    private static List<Integer> positions(List<Column> columns, List<String> names) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (names.contains(column.name())) {
                if (column.nullable()) {
                    throw new IllegalArgumentException("The key column '" + column.name() + "' must not be nullable");
                }
                if (column.kind() == ColumnKind.BYTES) {
                    throw new IllegalArgumentException("The key column '" + column.name() + "' must not be a byte[]");
                }
                positions.add(i);
            }
        }
        return positions;
    }

    /** Collects columns, in their order in the table. Not safe for use by several threads. */
    public static final class Columns {

        private final String name;

        private final List<Column> columns = new ArrayList<>();

        private final Keys keys = new Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        private Columns(String name) {
            this.name = name;
        }

        /** As {@link PartitionKey}. */
        public Columns partition(String column, Class<?> type) {
            keys.partition().add(column);
            return add(column, type, false);
        }

        /** As {@link RangeKey}. */
        public Columns range(String column, Class<?> type) {
            keys.range().add(column);
            return add(column, type, false);
        }

        /** As {@link RowKey}. */
        public Columns rowKey(String column, Class<?> type) {
            keys.row().add(column);
            return add(column, type, false);
        }

        /** A column that may be null, which a row says by leaving it out. */
        public Columns column(String column, Class<?> type) {
            return add(column, type, true);
        }

        private Columns add(String column, Class<?> type, boolean nullable) {
            columns.add(new Column(column, column, type, nullable));
            return this;
        }

        /** @throws IllegalArgumentException if the columns do not make a table */
        public TableDefinition<Map<String, Object>> build() {
            return new TableDefinition<>(name, new MapShape(columns), keys, List.of());
        }
    }
}
