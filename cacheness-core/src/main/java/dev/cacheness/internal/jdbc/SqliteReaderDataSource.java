package dev.cacheness.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections to a SQLite file that can only read. Each has a claim of its own on the file, so the file stays claimed for as long as any of them is open,
 * whoever closes first.
 */
final class SqliteReaderDataSource {

    private SqliteReaderDataSource() {}

    static DataSource of(SqliteFile file) {
        return ReaderDataSource.of("the index " + file.path(), () -> open(file));
    }

    private static Connection open(SqliteFile file) throws SQLException {
        SqliteFile claim = file.claimAgain();
        boolean opened = false;
        try {
            Connection connection = SqliteSessions.openReader(claim.path()).connection();
            opened = true;
            return ReaderDataSource.connection(connection, () -> close(connection, claim));
        } finally {
            if (!opened) {
                claim.close();
            }
        }
    }

    private static void close(Connection connection, SqliteFile claim) throws SQLException {
        try (claim) {
            connection.close();
        }
    }
}
