package dev.cacheness.sql.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** SQLite: quick look-ups, several processes on one host. Needs a local disk. */
public final class SqliteStore extends FileStore {

    private final String url;

    private final Properties settings;

    private final @Nullable File temporary;

    private SqliteStore(String url, Properties settings, @Nullable File temporary) throws SQLException {
        super(
                connect(url, settings, false),
                () -> connect(url, settings, true),
                "begin immediate",
                new ReentrantLock(),
                null);
        this.url = url;
        this.settings = settings;
        this.temporary = temporary;
    }

    /** Opens or creates the file, and the directories that lead to it. */
    public static SqliteStore open(Path file) throws SQLException {
        File parent = file.toAbsolutePath().toFile().getParentFile();
        if (parent != null && !parent.isDirectory() && !parent.mkdirs()) {
            throw new SQLException("The directory " + parent + " cannot be made");
        }
        return new SqliteStore("jdbc:sqlite:" + file.toAbsolutePath(), settings("NORMAL"), null);
    }

    /** A database that is gone when it is closed. It lies in a temporary file, since a database in memory has no snapshots for readers. */
    public static SqliteStore temporary() throws SQLException {
        try {
            File file = File.createTempFile("cacheness", ".sqlite");
            file.deleteOnExit();
            return new SqliteStore("jdbc:sqlite:" + file, settings("OFF"), file);
        } catch (IOException e) {
            throw new SQLException("No temporary file for the database", e);
        }
    }

    private static Properties settings(String synchronous) {
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", synchronous);
        settings.setProperty("busy_timeout", "10000");
        return settings;
    }

    private static Connection connect(String url, Properties settings, boolean forReading) throws SQLException {
        Connection connection = DriverManager.getConnection(url, settings);
        if (forReading) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma query_only = 1");
            }
        }
        return connection;
    }

    @Override
    public String engine() {
        return "sqlite";
    }

    @Override
    Dialect dialect() {
        return SqliteDialect.INSTANCE;
    }

    @Override
    public void compact(DataTable table) throws SQLException {
        // Needs a connection on which no statement has ever been prepared.
        try (Connection connection = connect(url, settings, false);
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum");
        }
    }

    @Override
    public void close() {
        super.close();
        if (temporary != null) {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                // What cannot be deleted now is deleted when the JVM ends.
                new File(temporary + suffix).delete();
            }
        }
    }
}
