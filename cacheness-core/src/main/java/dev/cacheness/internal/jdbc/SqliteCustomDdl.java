package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of custom metadata in SQLite, where the declared type of a column tells its kind. */
final class SqliteCustomDdl extends CustomDdl {

    static final CustomDdl INSTANCE = new SqliteCustomDdl();

    private static final String COLUMNS =
            "select name, type from pragma_table_info(?) where name <> 'digest' order by cid";

    private static final String INDEXES = "select name from pragma_index_list(?)";

    private static final String TABLES = """
            select name
            from sqlite_master
            where type = 'table' and substr(name, 1, %d) = '%s'
            order by name
            """.formatted(CustomNames.TABLE_PREFIX.length(), CustomNames.TABLE_PREFIX);

    private SqliteCustomDdl() {}

    @Override
    List<String> tables(Session session) throws SQLException {
        return session.all(TABLES, Session.Parameters.NONE, row -> row.getString(1));
    }

    @Override
    Map<String, String> columns(String table, Session session) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        session.all(COLUMNS, statement -> statement.setString(1, CustomNames.TABLE_PREFIX + table), row -> {
            // SQLite gives the types that it knows back in upper case.
            columns.put(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT));
            return true;
        });
        return columns;
    }

    @Override
    Set<String> indexes(String table, Session session) throws SQLException {
        return new HashSet<>(session.all(
                INDEXES,
                statement -> statement.setString(1, CustomNames.TABLE_PREFIX + table),
                row -> row.getString(1)));
    }

    /** SQLite goes by the words within: what has "text" keeps texts, and what has "int" whole numbers. The rest says what they mean. */
    @Override
    String typeOf(CustomKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case WHOLE -> "integer";
            case REAL -> "real";
            case BOOLEAN, DURATION -> kind.name().toLowerCase(Locale.ROOT) + "_integer";
            case DECIMAL, UUID, DATE, INSTANT, DATETIME -> kind.name().toLowerCase(Locale.ROOT) + "_text";
        };
    }

    @Override
    List<String> create(String table) {
        return List.of(
                "create table " + CustomNames.table(table)
                        + " (digest text not null primary key references cacheness_entry (digest) on delete cascade)",
                "create trigger " + CustomNames.quoted(CustomNames.trigger(table))
                        + " after update of generation on cacheness_entry begin delete from " + CustomNames.table(table)
                        + " where digest = old.digest; end");
    }

    @Override
    List<String> addColumn(String table, CustomColumn column) {
        return List.of("alter table " + CustomNames.table(table) + " add column " + CustomNames.column(column) + ' '
                + typeOf(column.kind()));
    }

    @Override
    String index(String table, CustomColumn column, boolean unique) {
        return CustomNames.index(table, column, unique);
    }

    /** It does so without being told. */
    @Override
    String nullsFirst() {
        return "";
    }
}
