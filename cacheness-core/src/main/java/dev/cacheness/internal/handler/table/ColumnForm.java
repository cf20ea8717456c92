package dev.cacheness.internal.handler.table;

import dev.cacheness.table.ColumnType;
import java.util.function.Supplier;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How the values of a column are kept in a Parquet file.
 *
 * @param type the type of the values
 * @param field the column of the file
 * @param writer writes a value
 * @param reader makes what reads values
 */
record ColumnForm(ColumnType type, PrimitiveType field, CellWriter writer, Supplier<CellReader> reader) {}
