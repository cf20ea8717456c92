package dev.cacheness.internal.jdbc;

import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Opens SQLite files, as the cache does and in other ways. */
final class SqliteFixture {

    private SqliteFixture() {}

    static MetadataBackend open(Path directory) {
        return open(directory, Durability.PROCESS, Map.of());
    }

    static MetadataBackend open(Path directory, Durability durability, Map<String, String> options) {
        var settings = new BackendSettings(directory, durability, new MutableInstantSource(EntryFixture.NOW), options);
        return new SqliteMetadataBackendProvider().open(settings);
    }

    /** Runs statements as another program would. */
    static void execute(Path file, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as another program would see it. */
    static String query(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }
}
