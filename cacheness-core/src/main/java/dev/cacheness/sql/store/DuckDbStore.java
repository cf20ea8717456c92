package dev.cacheness.sql.store;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB: quick aggregates over many rows, one process. Locked down: SQL that runs in it can neither read files nor load extensions, and cannot
 * change that.
 */
public final class DuckDbStore extends FileStore {

    private DuckDbStore(DuckDBConnection root) {
        super(root, root::duplicate, "begin transaction");
    }

    /** Opens or creates the file, and the directories that lead to it. */
    public static DuckDbStore open(Path file) throws SQLException {
        File parent = file.toAbsolutePath().toFile().getParentFile();
        if (parent != null && !parent.isDirectory() && !parent.mkdirs()) {
            throw new SQLException("The directory " + parent + " cannot be made");
        }
        return new DuckDbStore(connect("jdbc:duckdb:" + file.toAbsolutePath()));
    }

    /** A database in memory, gone when it is closed. */
    public static DuckDbStore temporary() throws SQLException {
        return new DuckDbStore(connect("jdbc:duckdb:"));
    }

    private static DuckDBConnection connect(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url, new Properties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set autoinstall_known_extensions = false");
            statement.execute("set autoload_known_extensions = false");
            statement.execute("set allow_community_extensions = false");
            statement.execute("set enable_external_access = false");
            statement.execute("set lock_configuration = true");
            return connection.unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String engine() {
        return "duckdb";
    }

    @Override
    Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }
}
