package dev.cacheness.internal.handler.table;

import dev.cacheness.table.Column;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a table as a Parquet file, without Hadoop's file system and configuration. */
final class ParquetOutput {

    /** Under this name the file says of which types the columns are, because Parquet's types do not always tell. */
    static final String TYPES = "cacheness.types";

    /** Under this name it says what was stored, if that was no {@code Table}. */
    static final String KIND = "cacheness.kind";

    private ParquetOutput() {}

    static void write(Table table, @Nullable String kind, ParquetCodecs codecs, OutputStream out) throws IOException {
        List<Column> columns = table.columns();
        ColumnForm[] chosen = new ColumnForm[columns.size()];
        Columns.each(chosen.length, table.rowCount(), i -> chosen[i] = FormChoice.of(columns.get(i)));
        List<ColumnForm> forms = List.of(chosen);
        RowGroups groups = new RowGroups(forms, codecs, new StreamFile(out));
        groups.write(table);
        groups.finish(facts(forms, kind));
    }

    /** Writes the parts one after the other. */
    static void write(TableSource source, String kind, ParquetCodecs codecs, OutputStream out) throws IOException {
        List<FormChoice> choices;
        try (Stream<Table> parts = source.tables()) {
            Iterator<Table> left = parts.iterator();
            Table first = left.next();
            choices = first.columns().stream().map(FormChoice::ofParts).toList();
            if (choices.stream().noneMatch(FormChoice::needsLook)) {
                write(first, left, formsOf(choices), kind, codecs, out);
                return;
            }
            look(first, left, choices);
        }
        try (Stream<Table> parts = source.tables()) {
            Iterator<Table> left = parts.iterator();
            write(left.next(), left, formsOf(choices), kind, codecs, out);
        }
    }

    private static void write(
            Table first,
            Iterator<Table> rest,
            List<ColumnForm> forms,
            String kind,
            ParquetCodecs codecs,
            OutputStream out)
            throws IOException {
        RowGroups groups = new RowGroups(forms, codecs, new StreamFile(out));
        groups.write(first);
        while (rest.hasNext()) {
            groups.write(rest.next());
        }
        groups.finish(facts(forms, kind));
    }

    private static Map<String, String> facts(List<ColumnForm> forms, @Nullable String kind) {
        String types = forms.stream().map(form -> form.type().name()).collect(Collectors.joining(","));
        return kind == null ? Map.of(TYPES, types) : Map.of(TYPES, types, KIND, kind);
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
