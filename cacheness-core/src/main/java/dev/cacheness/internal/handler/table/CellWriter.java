package dev.cacheness.internal.handler.table;

import dev.cacheness.table.Column;
import org.apache.parquet.column.ColumnWriter;

/** Writes the value of a row, which is there, into a column of a Parquet file. */
interface CellWriter {

    /**
     * @param level the definition level of values that are there
     * @throws ArithmeticException if the value does not fit
     */
    void write(Column column, int row, ColumnWriter out, int level);

    /** A writer of values as objects. */
    static CellWriter of(ObjectWriter writer) {
        return (column, row, out, level) -> {
            Object value = column.get(row);
            if (value != null) {
                writer.write(value, out, level);
            }
        };
    }

    /** Writes an object. */
    interface ObjectWriter {

        void write(Object value, ColumnWriter out, int level);
    }
}
