package dev.cacheness.internal.handler.table;

import dev.cacheness.table.Column;
import dev.cacheness.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes a table as a Parquet file, without Hadoop's file system and configuration. */
final class ParquetOutput {

    /** Under this name the file says of which types the columns are, because Parquet's types do not always tell. */
    static final String TYPES = "cacheness.types";

    private static final long ROW_GROUP_BYTES = 32L << 20;

    private ParquetOutput() {}

    static void write(Table table, ParquetCodecs codecs, OutputStream out) throws IOException {
        List<Column> columns = table.columns();
        List<ColumnForm> forms = columns.stream().map(WrittenForms::of).toList();
        try (ParquetWriter<Integer> writer = new Builder(new StreamFile(out), new Rows(columns, forms))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .withCompressionCodec(codecs.name())
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build()) {
            for (int row = 0; row < table.rowCount(); row++) {
                writer.write(row);
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {

        private final Rows rows;

        Builder(OutputFile file, Rows rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Abstract, and never asked. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }

    /** Writes a row by its number. */
    private static final class Rows extends WriteSupport<Integer> {

        private final Column[] columns;

        private final ColumnForm[] forms;

        private final WriteContext context;

        @SuppressWarnings("NullAway.Init")
        private RecordConsumer consumer;

        Rows(List<Column> columns, List<ColumnForm> forms) {
            this.columns = columns.toArray(Column[]::new);
            this.forms = forms.toArray(ColumnForm[]::new);
            String types = forms.stream().map(form -> form.type().name()).collect(Collectors.joining(","));
            MessageType schema = new MessageType(
                    "table",
                    forms.stream()
                            .<org.apache.parquet.schema.Type>map(ColumnForm::field)
                            .toList());
            context = new WriteContext(schema, Map.of(TYPES, types));
        }

        /** Abstract, and never asked. */
        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration configuration) {
            return context;
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return context;
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(Integer row) {
            consumer.startMessage();
            for (int i = 0; i < columns.length; i++) {
                Object value = columns[i].get(row);
                if (value != null) {
                    consumer.startField(columns[i].name(), i);
                    forms[i].writer().accept(consumer, value);
                    consumer.endField(columns[i].name(), i);
                }
            }
            consumer.endMessage();
        }
    }

    /** A stream for Parquet, which asks where it is and would close it. */
    private record StreamFile(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int value) throws IOException {
                    out.write(value);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
