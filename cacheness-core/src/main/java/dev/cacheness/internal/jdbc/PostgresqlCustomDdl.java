package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** Tables of custom metadata in PostgreSQL, where the comment of a column tells its kind. Names are cut there behind 63 characters, so longer ones are not used. */
final class PostgresqlCustomDdl extends CustomDdl {

    static final CustomDdl INSTANCE = new PostgresqlCustomDdl();

    /** Until the transaction ends, nobody else makes tables. "Cchm". */
    static final String LOCK = "select pg_advisory_xact_lock(1130588269)";

    private static final int MAX_NAME_LENGTH = 63;

    private static final String TABLES = """
            select relname
            from pg_class
            where relnamespace = (select relnamespace from pg_class where oid = 'cacheness_entry'::regclass)
                and relkind = 'r' and starts_with(relname, '%s')
            order by relname
            """.formatted(CustomNames.TABLE_PREFIX);

    private static final String COLUMNS = """
            select attname, coalesce(col_description(attrelid, attnum), '')
            from pg_attribute
            where attrelid = to_regclass(?) and attnum > 0 and not attisdropped and attname <> 'digest'
            order by attnum
            """;

    private static final String INDEXES = """
            select relname
            from pg_index join pg_class on pg_class.oid = indexrelid
            where indrelid = to_regclass(?)
            """;

    private PostgresqlCustomDdl() {}

    @Override
    List<String> tables(Session session) throws SQLException {
        return session.all(TABLES, Session.Parameters.NONE, row -> row.getString(1));
    }

    @Override
    Map<String, String> columns(String table, Session session) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        session.all(COLUMNS, statement -> statement.setString(1, CustomNames.table(table)), row -> {
            columns.put(row.getString(1), row.getString(2));
            return true;
        });
        return columns;
    }

    @Override
    Set<String> indexes(String table, Session session) throws SQLException {
        return new HashSet<>(session.all(
                INDEXES, statement -> statement.setString(1, CustomNames.table(table)), row -> row.getString(1)));
    }

    @Override
    String typeOf(CustomKind kind) {
        return "Cacheness: " + kind.name();
    }

    private static String sqlTypeOf(CustomKind kind) {
        return switch (kind) {
            case WHOLE, DURATION -> "bigint";
            case BOOLEAN -> "smallint";
            case REAL -> "double precision";
            case TEXT, DECIMAL, UUID, DATE, INSTANT, DATETIME -> "text collate \"C\"";
        };
    }

    @Override
    List<String> create(String table) {
        String name = CustomNames.table(table);
        String trigger = CustomNames.quoted(CustomNames.trigger(table));
        return List.of(
                "create table " + name
                        + " (digest text collate \"C\" not null primary key references cacheness_entry (digest) on delete cascade)",
                "create or replace function " + trigger
                        + "() returns trigger language plpgsql set search_path from current as "
                        + "$$ begin delete from " + name + " where digest = old.digest; return null; end $$",
                "create trigger " + trigger + " after update of generation on cacheness_entry for each row"
                        + " when (old.generation <> new.generation) execute function " + trigger + "()");
    }

    @Override
    List<String> addColumn(String table, CustomColumn column) {
        String name = CustomNames.snakeCase(column.name());
        if (name.length() > MAX_NAME_LENGTH) {
            throw new CacheMetadataException("Component '" + column.name() + "' of the custom metadata '" + table
                    + "' would be the column " + name + ", but PostgreSQL allows " + MAX_NAME_LENGTH
                    + " characters. Give it a shorter name.");
        }
        return List.of(
                "alter table " + CustomNames.table(table) + " add column " + CustomNames.column(column) + ' '
                        + sqlTypeOf(column.kind()),
                "comment on column " + CustomNames.table(table) + '.' + CustomNames.column(column) + " is '"
                        + typeOf(column.kind()) + "'");
    }

    @Override
    String index(String table, CustomColumn column, boolean unique) {
        String name = CustomNames.index(table, column, unique);
        if (name.length() <= MAX_NAME_LENGTH) {
            return name;
        }
        var checksum = new CRC32C();
        checksum.update(name.getBytes(StandardCharsets.US_ASCII));
        String end = '_' + Long.toHexString(checksum.getValue());
        return name.substring(0, MAX_NAME_LENGTH - end.length()) + end;
    }

    @Override
    String nullsFirst() {
        return " nulls first";
    }
}
