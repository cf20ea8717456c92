package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tables of custom metadata and brings them up to date. Columns are added, and never changed or taken away. */
enum CustomSchema {
    SQLITE(SqliteCustomDdl.INSTANCE),
    POSTGRESQL(PostgresqlCustomDdl.INSTANCE);

    private final CustomDdl ddl;

    CustomSchema(CustomDdl ddl) {
        this.ddl = ddl;
    }

    /** Whether there is nothing to be done. */
    boolean isUpToDate(CustomTable table, Session session) throws SQLException {
        return steps(table, session).isEmpty();
    }

    /** In a transaction. */
    void bringUpToDate(CustomTable table, Session session) throws SQLException {
        for (Step step : steps(table, session)) {
            try {
                session.execute(step.sql());
            } catch (SQLException e) {
                if (step.unique() == null) {
                    throw e;
                }
                throw new CacheMetadataException(
                        "Component '" + step.unique() + "' of the custom metadata '" + table.name()
                                + "' is to be unique, but entries that are there have equal values: " + e.getMessage()
                                + ". Invalidate them, or take @Unique away.",
                        e);
            }
        }
    }

    private List<Step> steps(CustomTable table, Session session) throws SQLException {
        Map<String, String> columns = ddl.columns(table.name(), session);
        Set<String> indexes = Set.of();
        var steps = new ArrayList<Step>();
        if (columns.isEmpty()) {
            add(ddl.create(table.name()), steps);
        } else {
            refuseChanged(table, columns);
            indexes = ddl.indexes(table.name(), session);
        }
        for (CustomColumn column : table.columns()) {
            if (!columns.containsKey(CustomNames.snakeCase(column.name()))) {
                add(ddl.addColumn(table.name(), column), steps);
            }
            addIndex(table.name(), column, indexes, steps);
        }
        return steps;
    }

    private void addIndex(String table, CustomColumn column, Set<String> indexes, List<Step> steps) {
        String unique = ddl.index(table, column, true);
        if (column.unique() && !indexes.contains(unique)) {
            steps.add(new Step(ddl.createIndex(table, column, true), column.name()));
        }
        if (!column.unique() && indexes.contains(unique)) {
            steps.add(new Step("drop index " + CustomNames.quoted(unique), null));
        }
        if (!column.unique() && column.indexed() && !indexes.contains(ddl.index(table, column, false))) {
            steps.add(new Step(ddl.createIndex(table, column, false), null));
        }
    }

    private static void add(List<String> statements, List<Step> steps) {
        statements.forEach(sql -> steps.add(new Step(sql, null)));
    }

    private void refuseChanged(CustomTable table, Map<String, String> present) {
        for (CustomColumn column : table.columns()) {
            String found = present.get(CustomNames.snakeCase(column.name()));
            if (found != null && !found.equals(ddl.typeOf(column.kind()))) {
                throw new CacheMetadataException(
                        "Column '" + column.name() + "' of the custom metadata '" + table.name()
                                + "' is " + ddl.kindOf(found, table.name(), column.name()) + ", but the record wants "
                                + column.kind()
                                + ". Give the component its former type, or another name.");
            }
        }
    }

    /** All tables that there are, whoever made them; which columns have an index is not told. */
    List<CustomTable> all(Session session) throws SQLException {
        var tables = new ArrayList<CustomTable>();
        for (String table : ddl.names(session)) {
            var columns = new ArrayList<CustomColumn>();
            ddl.columns(table, session).forEach((column, type) -> {
                String component = CustomNames.component(column);
                columns.add(new CustomColumn(component, ddl.kindOf(type, table, component), false, false));
            });
            tables.add(new CustomTable(table, columns));
        }
        return tables;
    }

    /** @param unique the component that is to be unique from now on, null if it is about something else */
    private record Step(String sql, @Nullable String unique) {}
}
