package dev.cacheness.internal.jdbc;

import dev.cacheness.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Opens connections to a file of ours, and says how they are set up. */
final class SqliteSessions {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** The log is cut back to this after it has been moved into the file. */
    private static final int LOG_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

    private SqliteSessions() {}

    /** A connection that changes nothing in the file by being opened, to find out what the file is. */
    static Session openUntouched(Path file) throws SQLException {
        return open(file, new SQLiteConfig(), BUSY_TIMEOUT_MILLIS);
    }

    static Session openReader(Path file) throws SQLException {
        return openReader(file, BUSY_TIMEOUT_MILLIS);
    }

    /** @param maxWaitMillis how long to wait while others keep the file locked as a whole */
    static Session openReader(Path file, int maxWaitMillis) throws SQLException {
        Session session = open(file, new SQLiteConfig(), maxWaitMillis);
        return prepared(session, "pragma query_only = on");
    }

    static Session openWriter(Path file, Durability durability) throws SQLException {
        return openWriter(file, durability, BUSY_TIMEOUT_MILLIS);
    }

    /** @param maxWaitMillis how long to wait while others keep the file locked as a whole */
    static Session openWriter(Path file, Durability durability, int maxWaitMillis) throws SQLException {
        var config = new SQLiteConfig();
        config.setSynchronous(
                durability == Durability.POWER
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit(LOG_SIZE_LIMIT_BYTES);
        config.enforceForeignKeys(true);
        // Otherwise the driver prepares and runs one more statement after every insert.
        config.setGetGeneratedKeys(false);
        return prepared(
                open(file, config, maxWaitMillis), "pragma wal_autocheckpoint = " + Integer.getInteger("wal", 1000));
    }

    /** For libraries that open and close connections themselves. */
    static SQLiteDataSource dataSource(Path file) {
        var config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return dataSource(file, config, BUSY_TIMEOUT_MILLIS);
    }

    private static Session open(Path file, SQLiteConfig config, int maxWaitMillis) throws SQLException {
        int maxWait = Math.min(maxWaitMillis, BUSY_TIMEOUT_MILLIS);
        Connection connection = dataSource(file, config, maxWait).getConnection();
        var session = new Session(
                connection,
                0,
                () -> {},
                connection.unwrap(SQLiteConnection.class)::setBusyTimeout,
                BUSY_TIMEOUT_MILLIS,
                maxWait);
        return prepared(session, "pragma trusted_schema = off", "pragma cell_size_check = on");
    }

    private static Session prepared(Session session, String... pragmas) throws SQLException {
        try {
            for (String pragma : pragmas) {
                session.execute(pragma);
            }
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    private static SQLiteDataSource dataSource(Path file, SQLiteConfig config, int maxWaitMillis) {
        config.setBusyTimeout(maxWaitMillis);
        // Memory-mapped reading turns a file that is cut short meanwhile into a crash of the process.
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        var dataSource = new SQLiteDataSource(config);
        // As a URI, in which a '?' or '%' in the name of a directory is escaped.
        dataSource.setUrl("jdbc:sqlite:" + file.toUri());
        return dataSource;
    }
}
