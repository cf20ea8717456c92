package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Goes through a Parquet file, one row group after the other, and column by column in each. For one thread. */
final class ParquetScan implements AutoCloseable {

    private final ParquetFileReader reader;

    private final MessageType schema;

    private final List<ColumnForm> forms;

    private final List<CellReader> cells;

    private List<ColumnReader> columns = List.of();

    private long rowsOfGroup;

    private long rowsRead;

    private boolean started;

    private ParquetScan(ParquetFileReader reader) {
        this.reader = reader;
        FileMetaData metadata = reader.getFileMetaData();
        schema = metadata.getSchema();
        forms = formsOf(schema, metadata.getKeyValueMetaData().get(ParquetOutput.TYPES));
        cells = forms.stream().map(form -> form.reader().get()).toList();
    }

    /**
     * Opens a file, and holds its footer against it.
     *
     * @throws CacheSerializationException if it is no Parquet file, or none that makes a table
     */
    static ParquetScan open(InputFile file, ParquetCodecs codecs) {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .build();
        ParquetFileReader reader = null;
        try {
            reader = ParquetFileReader.open(file, options);
            check(reader, file.getLength());
            return new ParquetScan(reader);
        } catch (IOException | RuntimeException | StackOverflowError ex) {
            close(reader, ex);
            throw failure(ex);
        }
    }

    private static void close(@Nullable ParquetFileReader reader, Throwable reason) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException ex) {
            reason.addSuppressed(ex);
        }
    }

    /** What {@link ParquetOutput} wrote under a name, null if nothing. */
    @Nullable
    String fact(String name) {
        return reader.getFileMetaData().getKeyValueMetaData().get(name);
    }

    long rowCount() {
        return reader.getRecordCount();
    }

    /**
     * The next rows, null if there are none left. The first table may be one without rows.
     *
     * @param max how many rows there may be
     */
    @Nullable
    Table next(int max) {
        List<Column.Builder> builders = forms.stream()
                .map(form -> Column.builder(form.field().getName(), form.type()))
                .toList();
        int rows = 0;
        try {
            while (rows < max && hasNext()) {
                int part = (int) Math.min(max - rows, rowsOfGroup - rowsRead);
                Columns.each(forms.size(), part, i -> read(columns.get(i), cells.get(i), builders.get(i), part));
                rowsRead += part;
                rows += part;
            }
            if (rows == 0 && started) {
                return null;
            }
            started = true;
            return Table.of(builders.stream().map(Column.Builder::build).toList());
        } catch (IOException | RuntimeException | StackOverflowError ex) {
            throw failure(ex);
        }
    }

    private boolean hasNext() throws IOException {
        while (rowsRead == rowsOfGroup) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                return false;
            }
            begin(pages);
        }
        return true;
    }

    private void begin(PageReadStore pages) {
        var store = new ColumnReadStoreImpl(
                pages, new Cells(), schema, reader.getFileMetaData().getCreatedBy());
        List<ColumnReader> readers = new ArrayList<>();
        for (ColumnForm form : forms) {
            ColumnDescriptor descriptor =
                    schema.getColumnDescription(new String[] {form.field().getName()});
            long values = pages.getPageReader(descriptor).getTotalValueCount();
            if (values != pages.getRowCount()) {
                throw new CacheSerializationException("Column '" + form.field().getName() + "' has " + values
                        + " values in " + pages.getRowCount() + " rows");
            }
            readers.add(store.getColumnReader(descriptor));
        }
        columns = readers;
        rowsOfGroup = pages.getRowCount();
        rowsRead = 0;
    }

    private static void read(ColumnReader in, CellReader cells, Column.Builder out, int rows) {
        int defined = in.getDescriptor().getMaxDefinitionLevel();
        cells.target(out);
        for (int row = 0; row < rows; row++) {
            if (in.getCurrentDefinitionLevel() == defined) {
                in.writeCurrentValueToConverter();
            } else {
                out.append(null);
            }
            in.consume();
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Parquet takes the memory that the footer asks for, so the footer is held against the file first. */
    private static void check(ParquetFileReader reader, long fileLength) {
        for (BlockMetaData block : reader.getRowGroups()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                long start = chunk.getStartingPos();
                long length = chunk.getTotalSize();
                if (start < 0 || length < 0 || start > fileLength - length) {
                    throw new CacheSerializationException("The footer of the Parquet file does not fit the file");
                }
            }
        }
        if (reader.getRecordCount() < 0) {
            throw new CacheSerializationException("A table cannot have " + reader.getRecordCount() + " rows");
        }
    }

    /** All bytes have been verified, so what Parquet complains of is the file and not a matter of getting it. */
    private static CacheSerializationException failure(Throwable failure) {
        return failure instanceof CacheSerializationException known
                ? known
                : new CacheSerializationException(
                        "The stored bytes are no Parquet file that can be read: " + failure, failure);
    }

    private static List<ColumnForm> formsOf(MessageType schema, @Nullable String types) {
        String[] names = types == null ? new String[0] : types.split(",");
        List<ColumnForm> forms = new ArrayList<>();
        for (int i = 0; i < schema.getFieldCount(); i++) {
            Type field = schema.getType(i);
            if (!field.isPrimitive() || field.isRepetition(Repetition.REPEATED)) {
                throw new CacheSerializationException(
                        "Column '" + field.getName() + "' has values in values, which a table has not",
                        MissReason.REFUSED,
                        null);
            }
            ColumnType type = names.length == schema.getFieldCount()
                    ? ColumnType.valueOf(names[i])
                    : ReadForms.typeOf(field.asPrimitiveType());
            forms.add(ReadForms.of(field.asPrimitiveType(), type));
        }
        return forms;
    }

    /** Says where the values of each column go. */
    private final class Cells extends GroupConverter {

        @Override
        public Converter getConverter(int field) {
            return cells.get(field);
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
