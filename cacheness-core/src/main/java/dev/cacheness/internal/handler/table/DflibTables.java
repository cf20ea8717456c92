package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.jspecify.annotations.Nullable;

/** Frames and series of DFLib. Loaded only where DFLib is. */
final class DflibTables implements OtherTables {

    private static final String FRAME = "dflib-frame:";

    private static final String SERIES = "dflib-series:";

    private static final char PRIMITIVE = 'p';

    private static final char OBJECT = 'o';

    /** The name of the column that a series is. */
    private static final String VALUES = "values";

    @Override
    public @Nullable String kindOf(Object value) {
        if (value instanceof DataFrame frame) {
            StringBuilder kind = new StringBuilder(FRAME);
            for (String name : frame.getColumnsIndex()) {
                kind.append(kindOfSeries(frame.getColumn(name)));
            }
            return kind.toString();
        }
        return value instanceof Series<?> series ? SERIES + kindOfSeries(series) : null;
    }

    private static char kindOfSeries(Series<?> series) {
        return series.getNominalType().isPrimitive() ? PRIMITIVE : OBJECT;
    }

    @Override
    public Table toTable(Object value) {
        List<Column> columns = new ArrayList<>();
        if (value instanceof DataFrame frame) {
            for (String name : frame.getColumnsIndex()) {
                columns.add(toColumn(name, frame.getColumn(name)));
            }
        } else {
            columns.add(toColumn(VALUES, (Series<?>) value));
        }
        if (columns.isEmpty()) {
            throw new CacheSerializationException("A DataFrame without columns cannot be stored as a table");
        }
        return Table.of(columns);
    }

    private static Column toColumn(String name, Series<?> series) {
        Column.Builder builder = Column.builder(name, typeOf(name, series));
        try {
            for (int row = 0; row < series.size(); row++) {
                builder.append(series.get(row));
            }
        } catch (IllegalArgumentException ex) {
            throw new CacheSerializationException(
                    ex.getMessage() + "; a column that is stored has values of one class", ex);
        }
        return builder.build();
    }

    private static ColumnType typeOf(String name, Series<?> series) {
        Object first = null;
        for (int row = 0; row < series.size() && first == null; row++) {
            first = series.get(row);
        }
        if (first == null) {
            Class<?> nominal =
                    MethodType.methodType(series.getNominalType()).wrap().returnType();
            return ColumnType.of(nominal).orElse(ColumnType.TEXT);
        }
        String className = first.getClass().getName();
        return ColumnType.of(first.getClass())
                .orElseThrow(() -> new CacheSerializationException(
                        "Column '" + name + "' has a " + className + ", which no column can hold; store it as text"));
    }

    @Override
    public boolean makes(Class<?> type) {
        return type == DataFrame.class || Series.class.isAssignableFrom(type);
    }

    @Override
    public @Nullable Object ofTable(Table table, Class<?> type, @Nullable String kind) {
        boolean untyped = type == Object.class;
        if (type == DataFrame.class || (untyped && kind != null && kind.startsWith(FRAME))) {
            return frame(table, kind);
        }
        if (untyped && (kind == null || !kind.startsWith(SERIES))) {
            return null;
        }
        List<Column> columns = table.columns();
        Series<?> series = columns.size() == 1 ? series(columns.get(0), isPrimitive(kind, SERIES, 0)) : null;
        return type.isInstance(series) ? series : null;
    }

    private static DataFrame frame(Table table, @Nullable String kind) {
        List<Column> columns = table.columns();
        Series<?>[] series = new Series<?>[columns.size()];
        for (int i = 0; i < series.length; i++) {
            series[i] = series(columns.get(i), isPrimitive(kind, FRAME, i));
        }
        return DataFrame.byColumn(table.columnNames().toArray(String[]::new)).of(series);
    }

    /** A column that nothing is known of is one of primitives if it can be. */
    private static boolean isPrimitive(@Nullable String kind, String prefix, int index) {
        return kind == null
                || !kind.startsWith(prefix)
                || kind.length() <= prefix.length() + index
                || kind.charAt(prefix.length() + index) == PRIMITIVE;
    }

    private static Series<?> series(Column column, boolean primitive) {
        int size = column.size();
        if (primitive && !column.hasNulls()) {
            switch (column.type()) {
                case INT -> {
                    int[] values = new int[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = (int) column.getLong(row);
                    }
                    return Series.ofInt(values);
                }
                case LONG -> {
                    long[] values = new long[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = column.getLong(row);
                    }
                    return Series.ofLong(values);
                }
                case DOUBLE -> {
                    double[] values = new double[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = column.getDouble(row);
                    }
                    return Series.ofDouble(values);
                }
                case FLOAT -> {
                    float[] values = new float[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = (float) column.getDouble(row);
                    }
                    return Series.ofFloat(values);
                }
                case BOOLEAN -> {
                    boolean[] values = new boolean[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = Boolean.TRUE.equals(column.get(row));
                    }
                    return Series.ofBool(values);
                }
                default -> {
                    // DFLib has no primitives of that type.
                }
            }
        }
        @Nullable Object[] values = new Object[size];
        for (int row = 0; row < size; row++) {
            values[row] = column.get(row);
        }
        return Series.of(values);
    }
}
