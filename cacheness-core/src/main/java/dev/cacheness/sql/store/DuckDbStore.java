package dev.cacheness.sql.store;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB: quick aggregates over many rows, one process. Locked down: SQL that runs in it can neither read files nor load extensions, and cannot
 * change that.
 */
public final class DuckDbStore extends FileStore {

    /**
     * One lock and one mirror for each file. DuckDB shares a file among the connections of a JVM, and the tables have no keys, so that all who write to a file must
     * wait for each other, whatever store they belong to.
     */
    private static final Map<String, Shared> FILES = new ConcurrentHashMap<>();

    /** What DuckDB may use beside the heap of the JVM; it would take four fifths of the machine. What is larger goes through a temporary file. */
    public static final String MEMORY_LIMIT = "512MB";

    private record Shared(ReentrantLock writing, LedgerMirror mirror) {

        Shared() {
            this(new ReentrantLock(), new LedgerMirror());
        }
    }

    private DuckDbStore(DuckDBConnection root, Shared shared) {
        super(root, root::duplicate, "begin transaction", shared.writing(), shared.mirror());
    }

    /**
     * Opens or creates the file, and the directories that lead to it.
     *
     * @param memoryLimit a size such as {@code 512MB}; without effect if the file is open in this JVM already
     */
    public static DuckDbStore open(Path file, String memoryLimit) throws SQLException {
        File parent = file.toAbsolutePath().toFile().getParentFile();
        if (parent != null && !parent.isDirectory() && !parent.mkdirs()) {
            throw new SQLException("The directory " + parent + " cannot be made");
        }
        String path = file.toAbsolutePath().normalize().toString();
        Shared shared = FILES.computeIfAbsent(path, p -> new Shared());
        DuckDbStore store = new DuckDbStore(connect("jdbc:duckdb:" + path, memoryLimit), shared);
        // The file may be another one than the last time.
        shared.mirror().changing();
        shared.mirror().changed(null);
        return store;
    }

    /** A database in memory, gone when it is closed. */
    public static DuckDbStore temporary() throws SQLException {
        return new DuckDbStore(connect("jdbc:duckdb:", null), new Shared());
    }

    private static DuckDBConnection connect(String url, @Nullable String memoryLimit) throws SQLException {
        Connection connection = DriverManager.getConnection(url, new Properties());
        try (Statement statement = connection.createStatement()) {
            if (!isLocked(statement)) {
                if (memoryLimit != null) {
                    statement.execute("set memory_limit = '" + memoryLimit + "'");
                }
                lock(statement);
            }
            return connection.unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether another cache of this JVM has the file open, and has locked it down already. */
    private static boolean isLocked(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_setting('lock_configuration')")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void lock(Statement statement) throws SQLException {
        // Without it, the driver would hold all of a result before its first row is read.
        statement.execute("set jdbc_stream_results = true");
        statement.execute("set autoinstall_known_extensions = false");
        statement.execute("set autoload_known_extensions = false");
        statement.execute("set allow_community_extensions = false");
        statement.execute("set enable_external_access = false");
        statement.execute("set lock_configuration = true");
    }

    @Override
    public String engine() {
        return "duckdb";
    }

    @Override
    Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }

    /** Rows of a partition that came one after the other lie apart, which costs every query that reads it. */
    @Override
    public void compact(DataTable table) throws SQLException {
        write(session -> {
            table.rewrite(session);
            return 0;
        });
        maintain("checkpoint");
    }
}
