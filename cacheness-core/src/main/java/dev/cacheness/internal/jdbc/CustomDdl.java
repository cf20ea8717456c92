package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a database makes tables of custom metadata and tells of those that it has. A row goes with its entry by the foreign key, and, since a put updates the
 * row of an entry in place, by a trigger when another value takes the place of the entry's. So puts need to know nothing of these tables, whichever process
 * made them.
 */
abstract class CustomDdl {

    private static final Pattern TABLE = Pattern.compile(CustomNames.TABLE_PREFIX + "[a-z][a-z0-9_]*");

    /** The tables of the database that have the prefix, by their full names. */
    abstract List<String> tables(Session session) throws SQLException;

    /** What is known of each column but the digest, in their order, so that {@link #typeOf} tells the kind; empty if there is no table. */
    abstract Map<String, String> columns(String table, Session session) throws SQLException;

    /** The names of the indexes of a table. */
    abstract Set<String> indexes(String table, Session session) throws SQLException;

    /** What {@link #columns} says of columns of a kind. */
    abstract String typeOf(CustomKind kind);

    /** Statements that make a table without columns. */
    abstract List<String> create(String table);

    /** Statements that add a column to a table. */
    abstract List<String> addColumn(String table, CustomColumn column);

    /** The name of the index of a column. */
    abstract String index(String table, CustomColumn column, boolean unique);

    /** How an index says that null comes first. */
    abstract String nullsFirst();

    /** A statement that makes the index of a column, in the order of {@link CustomSql}. */
    final String createIndex(String table, CustomColumn column, boolean unique) {
        return "create " + (unique ? "unique " : "") + "index " + CustomNames.quoted(index(table, column, unique))
                + " on " + CustomNames.table(table) + " (" + CustomNames.column(column) + nullsFirst() + ")";
    }

    /** The names of all tables of custom metadata. */
    final List<String> names(Session session) throws SQLException {
        return tables(session).stream()
                .filter(table -> TABLE.matcher(table).matches())
                .map(table -> table.substring(CustomNames.TABLE_PREFIX.length()))
                .toList();
    }

    final CustomKind kindOf(String type, String table, String column) {
        for (CustomKind kind : CustomKind.values()) {
            if (typeOf(kind).equals(type)) {
                return kind;
            }
        }
        throw new CacheMetadataException("Column '" + column + "' of the custom metadata '" + table + "' has the type '"
                + type + "', which this version of Cacheness does not know.");
    }
}
