package dev.cacheness.internal.handler.table;

import dev.cacheness.table.ColumnType;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How the values of a column are kept in a Parquet file.
 *
 * @param type the type of the values
 * @param field the column of the file
 * @param writer writes a value
 * @param reader reads the present value
 */
record ColumnForm(
        ColumnType type,
        PrimitiveType field,
        BiConsumer<RecordConsumer, Object> writer,
        Function<ColumnReader, Object> reader) {}
