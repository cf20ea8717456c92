package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.io.IOException;
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
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Reads a Parquet file column by column. */
final class ParquetInput {

    private ParquetInput() {}

    static Table read(byte[] bytes, ParquetCodecs codecs) {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new BytesFile(bytes), options)) {
            check(reader, bytes.length);
            return read(reader);
        } catch (CacheSerializationException ex) {
            throw ex;
        } catch (IOException | RuntimeException | StackOverflowError ex) {
            // The bytes are on the heap, so nothing that Parquet complains of is about getting them.
            throw new CacheSerializationException("The stored bytes are no Parquet file that can be read: " + ex, ex);
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
        if (reader.getRecordCount() < 0 || reader.getRecordCount() > Integer.MAX_VALUE - 8) {
            throw new CacheSerializationException("A table cannot have " + reader.getRecordCount() + " rows");
        }
    }

    private static Table read(ParquetFileReader reader) throws IOException {
        FileMetaData metadata = reader.getFileMetaData();
        MessageType schema = metadata.getSchema();
        List<ColumnForm> forms = formsOf(schema, metadata.getKeyValueMetaData().get(ParquetOutput.TYPES));
        List<Column.Builder> builders = forms.stream()
                .map(form -> Column.builder(form.field().getName(), form.type()))
                .toList();
        GroupConverter nowhere = new Nowhere();
        for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
            var columns = new ColumnReadStoreImpl(pages, nowhere, schema, metadata.getCreatedBy());
            for (int i = 0; i < forms.size(); i++) {
                ColumnDescriptor descriptor = schema.getColumnDescription(
                        new String[] {forms.get(i).field().getName()});
                checkCount(forms.get(i), pages.getPageReader(descriptor).getTotalValueCount(), pages.getRowCount());
                readColumn(
                        columns.getColumnReader(descriptor),
                        descriptor,
                        forms.get(i),
                        builders.get(i),
                        pages.getRowCount());
            }
        }
        return Table.of(builders.stream().map(Column.Builder::build).toList());
    }

    private static void checkCount(ColumnForm form, long values, long rows) {
        if (values != rows) {
            throw new CacheSerializationException(
                    "Column '" + form.field().getName() + "' has " + values + " values in " + rows + " rows");
        }
    }

    private static void readColumn(
            ColumnReader in, ColumnDescriptor descriptor, ColumnForm form, Column.Builder out, long rows) {
        int defined = descriptor.getMaxDefinitionLevel();
        for (long row = 0; row < rows; row++) {
            out.append(in.getCurrentDefinitionLevel() == defined ? form.reader().apply(in) : null);
            in.consume();
        }
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

    /** Parquet wants to know where values go, although we fetch them. */
    private static final class Nowhere extends GroupConverter {

        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
