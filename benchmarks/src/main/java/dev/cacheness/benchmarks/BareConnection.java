package dev.cacheness.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What somebody would write who needs nothing but values by digest: prepared statements on the cache's own file, in a connection set up as the cache's. */
final class BareConnection implements AutoCloseable {

    private static final String SELECT = "select inline_value, expires_at from cacheness_entry where digest = ?";

    /** The cache's own row, written by hand. */
    private static final String UPSERT_ROW = """
            insert into cacheness_entry (digest, namespace, generation, created_at, accessed_at, hits, handler,
                handler_version, value_type, codec, raw_size, stored_size, checksum, key_parameters, inline_value)
            values (?, 'bare', ?, ?, ?, 0, 'bytes', 1, 'byte[]', 'none', ?, ?, ?, ?, ?)
            on conflict (digest) do update set
                generation = excluded.generation, created_at = excluded.created_at, accessed_at = excluded.accessed_at,
                hits = excluded.hits, raw_size = excluded.raw_size, stored_size = excluded.stored_size,
                checksum = excluded.checksum, key_parameters = excluded.key_parameters,
                inline_value = excluded.inline_value
            """;

    private static final String UPSERT_ROW_OF_FILE = UPSERT_ROW.replace("inline_value", "blob_id");

    private static final String UPSERT_PAIR = """
            insert into bare_entry (digest, expires_at, value) values (?, ?, ?)
            on conflict (digest) do update set expires_at = excluded.expires_at, value = excluded.value
            """;

    private final Connection connection;

    private final PreparedStatement select;

    private final PreparedStatement upsertRow;

    private final PreparedStatement upsertRowOfFile;

    private final PreparedStatement upsertPair;

    BareConnection(Path file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
            try (var statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = 5000");
                statement.execute("pragma synchronous = normal");
                statement.execute("create table if not exists bare_entry"
                        + " (digest text not null primary key, expires_at integer, value blob not null) strict");
            }
            select = connection.prepareStatement(SELECT);
            upsertRow = connection.prepareStatement(UPSERT_ROW);
            upsertRowOfFile = connection.prepareStatement(UPSERT_ROW_OF_FILE);
            upsertPair = connection.prepareStatement(UPSERT_PAIR);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    byte @Nullable [] select(String digest, long now) throws SQLException {
        select.setString(1, digest);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] value = row.getBytes(1);
            long expiresAt = row.getLong(2);
            return row.wasNull() || expiresAt > now ? value : null;
        }
    }

    /** Into the table of the cache, with its indexes and triggers. */
    int upsertRow(String digest, byte[] value, long now) throws SQLException {
        bindRow(upsertRow, digest, value.length, now);
        upsertRow.setBytes(9, value);
        return upsertRow.executeUpdate();
    }

    /** The same for a value that is in a file. */
    int upsertRowOfFile(String digest, String name, long length, long now) throws SQLException {
        bindRow(upsertRowOfFile, digest, length, now);
        upsertRowOfFile.setString(9, name);
        return upsertRowOfFile.executeUpdate();
    }

    private static void bindRow(PreparedStatement upsert, String digest, long length, long now) throws SQLException {
        upsert.setString(1, digest);
        upsert.setString(2, digest);
        upsert.setLong(3, now);
        upsert.setLong(4, now);
        upsert.setLong(5, length);
        upsert.setLong(6, length);
        upsert.setBytes(7, new byte[16]);
        upsert.setString(8, "{}");
    }

    /** Into a table of three columns beside it, without indexes. */
    int upsertPair(String digest, byte[] value, long now) throws SQLException {
        upsertPair.setString(1, digest);
        upsertPair.setLong(2, now);
        upsertPair.setBytes(3, value);
        return upsertPair.executeUpdate();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
