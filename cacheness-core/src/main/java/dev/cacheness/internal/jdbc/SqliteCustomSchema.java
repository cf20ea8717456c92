package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import dev.cacheness.spi.CustomTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes tables of custom metadata and brings them up to date. A row goes with its entry by the foreign key, and, since a put updates the row of an entry
 * in place, by a trigger when another value takes the place of the entry's. So puts need to know nothing of these tables, whichever process made them.
 */
final class SqliteCustomSchema {

    private static final String COLUMNS =
            "select name, type from pragma_table_info(?) where name <> 'digest' order by cid";

    private static final String TABLES = """
            select name
            from sqlite_master
            where type = 'table' and substr(name, 1, %d) = '%s'
            order by name
            """.formatted(CustomNames.TABLE_PREFIX.length(), CustomNames.TABLE_PREFIX);

    private SqliteCustomSchema() {}

    /** In a transaction. */
    static void bringUpToDate(CustomTable table, Session session) throws SQLException {
        Map<String, String> present = columns(table.name(), session);
        if (present.isEmpty()) {
            create(table, session);
        } else {
            refuseChanged(table, present);
            for (CustomColumn column : table.columns()) {
                if (!present.containsKey(CustomNames.snakeCase(column.name()))) {
                    session.execute(
                            "alter table " + CustomNames.table(table.name()) + " add column " + definition(column));
                }
            }
        }
        for (CustomColumn column : table.columns()) {
            bringIndexUpToDate(table.name(), column, session);
        }
    }

    private static void create(CustomTable table, Session session) throws SQLException {
        var sql = new StringBuilder("create table ")
                .append(CustomNames.table(table.name()))
                .append(" (digest text not null primary key references cacheness_entry (digest) on delete cascade");
        table.columns().forEach(column -> sql.append(", ").append(definition(column)));
        session.execute(sql.append(')').toString());
        session.execute("create trigger " + CustomNames.trigger(table.name())
                + " after update of generation on cacheness_entry begin delete from "
                + CustomNames.table(table.name()) + " where digest = old.digest; end");
    }

    private static void refuseChanged(CustomTable table, Map<String, String> present) {
        for (CustomColumn column : table.columns()) {
            String found = present.get(CustomNames.snakeCase(column.name()));
            if (found != null && !found.equals(typeOf(column.kind()))) {
                throw new CacheMetadataException(
                        "Column '" + column.name() + "' of the custom metadata '" + table.name()
                                + "' is " + kindOf(found, table.name(), column.name()) + ", but the record wants "
                                + column.kind()
                                + ". Give the component its former type, or another name.");
            }
        }
    }

    private static void bringIndexUpToDate(String table, CustomColumn column, Session session) throws SQLException {
        String place = " on " + CustomNames.table(table) + " (" + CustomNames.column(column) + ")";
        if (column.unique()) {
            try {
                session.execute("create unique index if not exists " + CustomNames.uniqueIndex(table, column) + place);
            } catch (SQLException e) {
                throw new CacheMetadataException(
                        "Component '" + column.name() + "' of the custom metadata '" + table
                                + "' is to be unique, but entries that are there have equal values: " + e.getMessage()
                                + ". Invalidate them, or take @Unique away.",
                        e);
            }
            return;
        }
        session.execute("drop index if exists " + CustomNames.uniqueIndex(table, column));
        if (column.indexed()) {
            session.execute("create index if not exists " + CustomNames.index(table, column) + place);
        }
    }

    /** All tables that there are, whoever made them; which columns have an index is not told. */
    static List<CustomTable> all(Session session) throws SQLException {
        var tables = new ArrayList<CustomTable>();
        for (String name : session.all(TABLES, Session.Parameters.NONE, row -> row.getString(1))) {
            String table = name.substring(CustomNames.TABLE_PREFIX.length());
            var columns = new ArrayList<CustomColumn>();
            columns(table, session).forEach((column, type) -> {
                String component = CustomNames.component(column);
                columns.add(new CustomColumn(component, kindOf(type, table, component), false, false));
            });
            tables.add(new CustomTable(table, columns));
        }
        return tables;
    }

    private static Map<String, String> columns(String table, Session session) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        session.all(COLUMNS, statement -> statement.setString(1, CustomNames.TABLE_PREFIX + table), row -> {
            // SQLite gives the types that it knows back in upper case.
            columns.put(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT));
            return true;
        });
        return columns;
    }

    private static String definition(CustomColumn column) {
        return CustomNames.column(column) + ' ' + typeOf(column.kind());
    }

    /** SQLite goes by the words within: what has "text" keeps texts, and what has "int" whole numbers. The rest says what they mean. */
    private static String typeOf(CustomKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case WHOLE -> "integer";
            case REAL -> "real";
            case BOOLEAN, DURATION -> kind.name().toLowerCase(Locale.ROOT) + "_integer";
            case DECIMAL, UUID, DATE, INSTANT, DATETIME -> kind.name().toLowerCase(Locale.ROOT) + "_text";
        };
    }

    private static CustomKind kindOf(String type, String table, String column) {
        for (CustomKind kind : CustomKind.values()) {
            if (typeOf(kind).equals(type)) {
                return kind;
            }
        }
        throw new CacheMetadataException("Column '" + column + "' of the custom metadata '" + table + "' has the type '"
                + type + "', which this version of Cacheness does not know.");
    }
}
