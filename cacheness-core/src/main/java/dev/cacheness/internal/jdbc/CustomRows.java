package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.StoredEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows of custom metadata in the transaction that stores their entry. */
final class CustomRows {

    private static final String STILL =
            " and digest in (select digest from cacheness_entry where digest = ? and generation = ?)";

    private CustomRows() {}

    /** @throws CacheMetadataException if another entry has a value that is to be unique */
    static void insert(CustomRow row, StoredEntry entry, Session session) throws SQLException {
        String table = CustomNames.table(row.table().name());
        List<CustomColumn> columns = row.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.values().get(i);
            if (columns.get(i).unique() && value != null) {
                makeRoom(row.table().name(), columns.get(i), value, entry, session);
            }
        }
        String names = columns.stream().map(CustomNames::column).collect(Collectors.joining(", "));
        String marks = String.join(", ", Collections.nCopies(columns.size() + 1, "?"));
        session.update("insert into " + table + " (digest, " + names + ") values (" + marks + ")", statement -> {
            statement.setString(1, entry.digest());
            for (int i = 0; i < columns.size(); i++) {
                statement.setObject(i + 2, row.values().get(i));
            }
        });
    }

    /** The digest is the first column, and those of the table follow in their order. */
    static CustomMatch match(ResultSet row, CustomTable table) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(value(row, i + 2, table.columns().get(i).kind().form()));
        }
        return new CustomMatch(row.getString(1), values);
    }

    private static @Nullable Object value(ResultSet row, int column, Class<?> form) throws SQLException {
        Object value = form == String.class
                ? row.getString(column)
                : form == Long.class ? (Object) row.getLong(column) : (Object) row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    /** An entry that has expired is not there, so it keeps no value from others. */
    private static void makeRoom(String table, CustomColumn column, Object value, StoredEntry entry, Session session)
            throws SQLException {
        String condition = " from " + CustomNames.table(table) + " where " + CustomNames.column(column) + " = ?";
        FormerRow holder = session.first(
                EntryStatements.findRef("(select digest" + condition + ")"),
                statement -> statement.setObject(1, value),
                FormerRow::of);
        if (holder == null) {
            return;
        }
        if (!holder.isExpired(entry.metadata().createdAt())) {
            throw new CacheMetadataException("Component '" + column.name() + "' of the custom metadata '" + table
                    + "' is unique, but the entry " + holder.ref().digest() + " has '" + value
                    + "' already. Nothing was stored: use another value, or invalidate that entry.");
        }
        // Unless the entry has been put anew meanwhile, and has the value again.
        session.update("delete" + condition + STILL, statement -> {
            statement.setObject(1, value);
            statement.setString(2, holder.ref().digest());
            statement.setString(3, holder.ref().generation());
        });
    }
}
