package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.internal.json.UnicodeText;
import dev.cacheness.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes the texts of a column, which often come again and again: some of them are remembered as they are stored. For one column. */
final class TextWriter implements CellWriter {

    private static final int PLACES = 1 << 13;

    private static final int LONGEST = 100;

    private @Nullable Remembered @Nullable [] places;

    @Override
    public void write(Column column, int row, ColumnWriter out, int level) {
        String text = (String) Objects.requireNonNull(column.get(row));
        out.write(text.length() > LONGEST ? stored(text, column) : remembered(text, column), 0, level);
    }

    private Binary remembered(String text, Column column) {
        if (places == null) {
            places = new Remembered[PLACES];
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Remembered found = places[place];
        if (found == null || !found.text.equals(text)) {
            found = new Remembered(text, stored(text, column));
            places[place] = found;
        }
        return found.stored;
    }

    private static Binary stored(String text, Column column) {
        if (!UnicodeText.isWellFormed(text)) {
            throw new CacheSerializationException("Column '" + column.name()
                    + "' has a text with half of a surrogate pair, which UTF-8 cannot express");
        }
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Remembered(String text, Binary stored) {}
}
