package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.handler.ValueTypes;
import dev.cacheness.internal.handler.file.StoredStreams;
import dev.cacheness.spi.FieldReader;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables unasked, lists of records of one class when asked for by name. What is stored is a Parquet file. */
final class TableHandler implements Handler<Object>, FieldReader {

    private static final String SOURCE = "source";

    private static final int MAX_ROWS = Integer.MAX_VALUE - 8;

    private final ParquetCodecs codecs;

    private final OtherTables others;

    TableHandler(HandlerSettings settings, OtherTables others) {
        this.codecs = new ParquetCodecs(settings);
        this.others = others;
    }

    @Override
    public String name() {
        return TableHandlerProvider.NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Table || value instanceof TableSource || others.kindOf(value) != null;
    }

    @Override
    public void write(Object value, OutputStream out) throws IOException {
        if (value instanceof TableSource source) {
            ParquetOutput.write(source, SOURCE, codecs, out);
            return;
        }
        String kind = others.kindOf(value);
        ParquetOutput.write(kind != null ? others.toTable(value) : tableOf(value), kind, codecs, out);
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
        if (type == TableSource.class) {
            return StoredTable.of(in, codecs);
        }
        Optional<Object> stream = StoredStreams.of(in, type);
        if (stream.isPresent()) {
            return stream.get();
        }
        BytesFile file = new BytesFile(in.readAllBytes());
        try (ParquetScan scan = ParquetScan.open(file, codecs)) {
            if (type == Object.class && SOURCE.equals(scan.fact(ParquetOutput.KIND))) {
                return StoredTable.of(new ByteArrayInputStream(file.bytes()), codecs);
            }
            if (scan.rowCount() > MAX_ROWS) {
                throw new CacheSerializationException(
                        "A table of " + scan.rowCount() + " rows can only be read as a " + TableSource.class.getName());
            }
            String kind = scan.fact(ParquetOutput.KIND);
            Table table = Objects.requireNonNull(scan.next(MAX_ROWS));
            Class<?> raw = ValueTypes.rawClass(type);
            Object other = raw == Object.class || others.makes(raw) ? others.ofTable(table, raw, kind) : null;
            return other != null ? other : valueOf(table, type);
        }
    }

    /** A list of the rows. */
    @Override
    public Object readFields(InputStream in) throws IOException {
        return ((Table) read(in, Table.class)).rows();
    }

    @Override
    public boolean keepsStream(Object value) {
        return StoredStreams.isStream(value);
    }

    private static Object valueOf(Table table, Type type) {
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
