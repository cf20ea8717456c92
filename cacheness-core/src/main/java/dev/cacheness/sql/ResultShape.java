package dev.cacheness.sql;

import dev.cacheness.table.Table;
import java.util.List;

/**
 * Makes something else of rows: a table, a data frame, a chart.
 *
 * @param <T> the type of a row
 * @param <R> what is made of them
 */
@FunctionalInterface
public interface ResultShape<T, R> {

    /**
     * A table with a column for each component of the record.
     *
     * @throws IllegalArgumentException if a component is of a type that no column of a table has; names it
     */
    static <T extends Record> ResultShape<T, Table> table(Class<T> type) {
        return rows -> Table.of(type, rows);
    }

    /**
     * A table with a column for each column of the cache's table, whatever its rows are.
     *
     * @throws IllegalArgumentException if a column has a type that no column of a table has; names it
     */
    static <T> ResultShape<T, Table> table(TableDefinition<T> definition) {
        return rows -> RowTables.of(definition, rows);
    }

    R of(List<T> rows);
}
