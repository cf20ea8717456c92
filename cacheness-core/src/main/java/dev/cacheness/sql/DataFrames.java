package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.jspecify.annotations.Nullable;

/** Rows as frames of DFLib and back. Needs {@code org.dflib:dflib}. */
public final class DataFrames {

    private DataFrames() {}

    /** A frame with a column for each column of the table, whatever its rows are, and also if there are none. */
    public static <T> ResultShape<T, DataFrame> of(TableDefinition<T> table) {
        return rows -> frame(table, rows);
    }

    /** The rows of a frame as a source of maps returns them; what is null is left out. */
    public static FetchResult<Map<String, Object>> rows(DataFrame frame) {
        List<Map<String, Object>> rows = new ArrayList<>(frame.height());
        for (int i = 0; i < frame.height(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (String name : frame.getColumnsIndex()) {
                Object value = frame.getColumn(name).get(i);
                if (value != null) {
                    row.put(name, value);
                }
            }
            rows.add(row);
        }
        return FetchResult.of(rows);
    }

    private static <T> DataFrame frame(TableDefinition<T> table, List<T> rows) {
        List<Column> columns = table.layout().columns();
        @Nullable Object[][] values = new Object[columns.size()][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            @Nullable Object[] stored = table.shape().store(rows.get(row));
            for (int i = 0; i < stored.length; i++) {
                values[i][row] = columns.get(i).restore(stored[i]);
            }
        }
        Series<?>[] series = new Series<?>[columns.size()];
        for (int i = 0; i < series.length; i++) {
            series[i] = series(columns.get(i), values[i]);
        }
        return DataFrame.byColumn(table.columnNames().toArray(String[]::new)).of(series);
    }

    /** Numbers that cannot be null are a series of primitives. */
    private static Series<?> series(Column column, @Nullable Object[] values) {
        Class<?> type = column.nullable() ? Object.class : column.type();
        if (type == long.class || type == Long.class) {
            long[] numbers = new long[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values[i] instanceof Long number ? number : 0;
            }
            return Series.ofLong(numbers);
        }
        if (type == int.class || type == Integer.class) {
            int[] numbers = new int[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values[i] instanceof Integer number ? number : 0;
            }
            return Series.ofInt(numbers);
        }
        if (type == double.class || type == Double.class) {
            double[] numbers = new double[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values[i] instanceof Double number ? number : 0;
            }
            return Series.ofDouble(numbers);
        }
        return Series.of(values);
    }
}
