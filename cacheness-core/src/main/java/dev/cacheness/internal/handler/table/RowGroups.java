package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.table.Column;
import dev.cacheness.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Writes tables of the same columns into one Parquet file, column by column and group of rows by group of rows. For one thread. */
final class RowGroups {

    /** What a group holds on the heap, compressed for the most part. */
    private static final long GROUP_BYTES = 16L << 20;

    /** After so many rows it is seen whether the group is full. */
    private static final int SLICE = 64 * 1024;

    /** Without histograms of lengths, which nobody asks for. */
    private final ParquetProperties properties =
            ParquetProperties.builder().withSizeStatisticsEnabled(false).build();

    private final ColumnForm[] forms;

    private final MessageType schema;

    private final ParquetCodecs codecs;

    private final ParquetFileWriter file;

    private final List<ColumnWriteStore> stores = new ArrayList<>();

    private ColumnChunkPageWriteStore pages;

    private long rowsOfGroup;

    RowGroups(List<ColumnForm> forms, ParquetCodecs codecs, OutputFile out) throws IOException {
        this.forms = forms.toArray(ColumnForm[]::new);
        this.schema = new MessageType(
                "table", forms.stream().<Type>map(ColumnForm::field).toList());
        this.codecs = codecs;
        this.file = new ParquetFileWriter(out, schema, ParquetFileWriter.Mode.CREATE, GROUP_BYTES, 0, null, properties);
        file.start();
        pages = begin();
    }

    private ColumnChunkPageWriteStore begin() {
        var store = new ColumnChunkPageWriteStore(
                codecs.getCompressor(codecs.name()),
                schema,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        stores.clear();
        for (ColumnForm form : forms) {
            // One for each column, so that they need not go row by row.
            stores.add(properties.newColumnWriteStore(new MessageType("table", form.field()), store, store));
        }
        return store;
    }

    /** @throws CacheSerializationException if the table has other columns, or values that do not fit them */
    void write(Table table) throws IOException {
        Column[] columns = table.columns().toArray(Column[]::new);
        check(columns);
        for (int from = 0; from < table.rowCount(); from += SLICE) {
            int begin = from;
            int end = Math.min(table.rowCount(), from + SLICE);
            Columns.each(columns.length, end - begin, i -> write(i, columns[i], begin, end));
            rowsOfGroup += end - begin;
            if (stores.stream().mapToLong(ColumnWriteStore::getBufferedSize).sum() > GROUP_BYTES) {
                flush();
                pages = begin();
            }
        }
    }

    private void write(int index, Column column, int from, int to) {
        ColumnForm form = forms[index];
        ColumnDescriptor descriptor = schema.getColumns().get(index);
        ColumnWriteStore store = stores.get(index);
        ColumnWriter out = store.getColumnWriter(descriptor);
        int level = descriptor.getMaxDefinitionLevel();
        try {
            for (int row = from; row < to; row++) {
                if (column.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    form.writer().write(column, row, out, level);
                }
                store.endRecord();
            }
        } catch (ArithmeticException ex) {
            throw new CacheSerializationException(
                    "Column '" + column.name() + "' has a value that does not fit it: " + ex.getMessage(), ex);
        }
    }

    private void check(Column[] columns) {
        boolean same = columns.length == forms.length;
        for (int i = 0; same && i < columns.length; i++) {
            ColumnForm form = forms[i];
            same = columns[i].name().equals(form.field().getName())
                    && columns[i].type() == form.type()
                    && !(columns[i].hasNulls() && form.field().isRepetition(Type.Repetition.REQUIRED));
        }
        if (!same) {
            throw new CacheSerializationException(
                    "The parts of a table have different columns: " + Arrays.toString(columns) + " after others");
        }
    }

    private void flush() throws IOException {
        Columns.each(forms.length, rowsOfGroup, i -> stores.get(i).flush());
        file.startBlock(rowsOfGroup);
        pages.flushToFileWriter(file);
        file.endBlock();
        rowsOfGroup = 0;
    }

    /** Ends the file. */
    void finish(Map<String, String> facts) throws IOException {
        if (rowsOfGroup > 0) {
            flush();
        }
        file.end(facts);
    }
}
