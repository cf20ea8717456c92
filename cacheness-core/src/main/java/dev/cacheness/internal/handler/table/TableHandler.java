package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.handler.ValueTypes;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables unasked, lists of records of one class when asked for by name. What is stored is a Parquet file. */
final class TableHandler implements Handler<Object> {

    private final ParquetCodecs codecs;

    TableHandler(HandlerSettings settings) {
        codecs = new ParquetCodecs(settings);
    }

    @Override
    public String name() {
        return TableHandlerProvider.NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Table;
    }

    @Override
    public void write(Object value, OutputStream out) throws IOException {
        ParquetOutput.write(tableOf(value), codecs, out);
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
        Table table = ParquetInput.read(in.readAllBytes(), codecs);
        Class<? extends Record> row = rowOf(type);
        if (row == null) {
            return ValueTypes.checked(table, type);
        }
        try {
            return List.copyOf(table.rows(row));
        } catch (IllegalArgumentException ex) {
            throw new CacheSerializationException(
                    "The stored table makes no rows of " + row.getName() + ": " + ex.getMessage(),
                    MissReason.TYPE_CHANGED,
                    ex);
        }
    }

    /** A Parquet file has been compressed page by page. */
    @Override
    public boolean compressible() {
        return false;
    }

    private static Table tableOf(Object value) {
        if (value instanceof Table table) {
            return table;
        }
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record first) {
            return tableOf(list, first.getClass());
        }
        throw new CacheSerializationException("A value of " + value.getClass().getName()
                + " is neither a Table nor a list of records that has at least one");
    }

    private static <R extends Record> Table tableOf(List<?> list, Class<R> type) {
        try {
            return Table.of(type, list.stream().map(type::cast).toList());
        } catch (ClassCastException | IllegalArgumentException ex) {
            throw new CacheSerializationException(
                    "The list cannot be stored as a table of " + type.getName() + ": " + ex.getMessage(), ex);
        }
    }

    /** The record of {@code List<record>}, null for any other type. */
    private static @Nullable Class<? extends Record> rowOf(Type type) {
        if (type instanceof ParameterizedType list
                && ValueTypes.rawClass(list).isAssignableFrom(List.class)
                && list.getActualTypeArguments()[0] instanceof Class<?> row
                && row.isRecord()) {
            return row.asSubclass(Record.class);
        }
        return null;
    }
}
