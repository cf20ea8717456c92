package dev.cacheness.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections to PostgreSQL that can only read. They are closed as they were opened, because they may go back to a pool. */
final class PostgresqlReaderDataSource {

    private PostgresqlReaderDataSource() {}

    static DataSource of(DataSource dataSource) {
        return ReaderDataSource.of("the index on PostgreSQL", () -> open(dataSource));
    }

    private static Connection open(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean opened = false;
        try {
            boolean readOnly = connection.isReadOnly();
            connection.setReadOnly(true);
            opened = true;
            return ReaderDataSource.connection(connection, () -> close(connection, readOnly));
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    private static void close(Connection connection, boolean wasReadOnly) throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.setReadOnly(wasReadOnly);
            }
        }
    }
}
