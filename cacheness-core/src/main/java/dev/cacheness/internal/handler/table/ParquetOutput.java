package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.table.Column;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes a table as a Parquet file, without Hadoop's file system and configuration. */
final class ParquetOutput {

    /** Under this name the file says of which types the columns are, because Parquet's types do not always tell. */
    static final String TYPES = "cacheness.types";

    /** Under this name it says what was stored, if that was no {@code Table}. */
    static final String KIND = "cacheness.kind";

    private static final long ROW_GROUP_BYTES = 16L << 20;

    private ParquetOutput() {}

    static void write(Table table, @Nullable String kind, ParquetCodecs codecs, OutputStream out) throws IOException {
        List<ColumnForm> forms = table.columns().stream().map(FormChoice::of).toList();
        Rows rows = new Rows(forms, kind);
        try (ParquetWriter<Integer> writer = open(rows, codecs, out)) {
            rows.write(table, writer);
        }
    }

    /** Writes the parts one after the other. */
    static void write(TableSource source, String kind, ParquetCodecs codecs, OutputStream out) throws IOException {
        List<FormChoice> choices;
        try (Stream<Table> parts = source.tables()) {
            Iterator<Table> left = parts.iterator();
            Table first = left.next();
            choices = first.columns().stream().map(FormChoice::ofParts).toList();
            if (choices.stream().noneMatch(FormChoice::needsLook)) {
                write(first, left, new Rows(formsOf(choices), kind), codecs, out);
                return;
            }
            look(first, left, choices);
        }
        try (Stream<Table> parts = source.tables()) {
            Iterator<Table> left = parts.iterator();
            write(left.next(), left, new Rows(formsOf(choices), kind), codecs, out);
        }
    }

    private static void write(Table first, Iterator<Table> rest, Rows rows, ParquetCodecs codecs, OutputStream out)
            throws IOException {
        try (ParquetWriter<Integer> writer = open(rows, codecs, out)) {
            rows.write(first, writer);
            while (rest.hasNext()) {
                rows.write(rest.next(), writer);
            }
        }
    }

    private static void look(Table first, Iterator<Table> rest, List<FormChoice> choices) {
        look(first, choices);
        while (rest.hasNext()) {
            look(rest.next(), choices);
        }
    }

    private static void look(Table part, List<FormChoice> choices) {
        List<Column> columns = part.columns();
        for (int i = 0; i < Math.min(columns.size(), choices.size()); i++) {
            choices.get(i).look(columns.get(i));
        }
    }

    private static List<ColumnForm> formsOf(List<FormChoice> choices) {
        return choices.stream().map(FormChoice::form).toList();
    }

    private static ParquetWriter<Integer> open(Rows rows, ParquetCodecs codecs, OutputStream out) throws IOException {
        return new Builder(new StreamFile(out), rows)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .withCompressionCodec(codecs.name())
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
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

        private final ColumnForm[] forms;

        private final WriteContext context;

        private Column[] columns = new Column[0];

        @SuppressWarnings("NullAway.Init")
        private RecordConsumer consumer;

        Rows(List<ColumnForm> forms, @Nullable String kind) {
            this.forms = forms.toArray(ColumnForm[]::new);
            String types = forms.stream().map(form -> form.type().name()).collect(Collectors.joining(","));
            MessageType schema = new MessageType(
                    "table",
                    forms.stream()
                            .<org.apache.parquet.schema.Type>map(ColumnForm::field)
                            .toList());
            context = new WriteContext(schema, kind == null ? Map.of(TYPES, types) : Map.of(TYPES, types, KIND, kind));
        }

        /** Writes all rows of a table. */
        void write(Table table, ParquetWriter<Integer> writer) throws IOException {
            columns = table.columns().toArray(Column[]::new);
            check();
            for (int row = 0; row < table.rowCount(); row++) {
                writer.write(row);
            }
        }

        private void check() {
            boolean same = columns.length == forms.length;
            for (int i = 0; same && i < columns.length; i++) {
                same = columns[i].name().equals(forms[i].field().getName()) && columns[i].type() == forms[i].type();
            }
            if (!same) {
                throw new CacheSerializationException(
                        "The parts of a table have different columns: " + Arrays.toString(columns) + " after others");
            }
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
