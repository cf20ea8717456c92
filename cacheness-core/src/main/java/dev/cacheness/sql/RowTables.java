package dev.cacheness.sql;

import dev.cacheness.internal.record.Column;
import dev.cacheness.table.ColumnType;
import dev.cacheness.table.Table;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a table of rows of any kind. */
final class RowTables {

    private RowTables() {}

    static <T> Table of(TableDefinition<T> definition, List<T> rows) {
        List<Column> columns = definition.layout().columns();
        List<dev.cacheness.table.Column.Builder> builders = new ArrayList<>();
        for (Column column : columns) {
            builders.add(dev.cacheness.table.Column.builder(column.name(), type(column)));
        }
        for (T row : rows) {
            @Nullable Object[] stored = definition.shape().store(row);
            for (int i = 0; i < stored.length; i++) {
                builders.get(i).append(columns.get(i).restore(stored[i]));
            }
        }
        return Table.of(
                builders.stream().map(dev.cacheness.table.Column.Builder::build).toList());
    }

    private static ColumnType type(Column column) {
        return ColumnType.of(MethodType.methodType(column.type()).wrap().returnType())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Column '" + column.name() + "' is a " + column.type().getName()
                                + ", which no column of a table can be. Leave it out, or read maps."));
    }
}
