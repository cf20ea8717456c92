package dev.cacheness.internal.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as maps from column name to value, for tables that are only known at run time. The maps it reads are unmodifiable. */
public final class MapShape implements RowShape<Map<String, Object>> {

    private final List<Column> columns;

    public MapShape(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable Object[] store(Map<String, Object> row) {
        @Nullable Object[] stored = new @Nullable Object[columns.size()];
        for (int i = 0; i < stored.length; i++) {
            Column column = columns.get(i);
            stored[i] = column.storeNamed(row.get(column.name()));
        }
        return stored;
    }

    @Override
    public Map<String, Object> restore(@Nullable Object[] stored) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < stored.length; i++) {
            put(row, columns.get(i), columns.get(i).restore(stored[i]));
        }
        return Collections.unmodifiableMap(row);
    }

    @Override
    public RowReader<Map<String, Object>> reader() {
        return result -> {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                put(row, columns.get(i), columns.get(i).read(result, i + 1));
            }
            return Collections.unmodifiableMap(row);
        };
    }

    /** A column that is null is left out, so that absence is said in one way. */
    private static void put(Map<String, Object> row, Column column, @Nullable Object value) {
        if (value != null) {
            row.put(column.name(), value);
        }
    }
}
