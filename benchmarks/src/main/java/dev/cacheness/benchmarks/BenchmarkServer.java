package dev.cacheness.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL server on this machine that does not wait for the disk, so that what is measured is work. */
final class BenchmarkServer implements AutoCloseable {

    private final EmbeddedPostgres server;

    BenchmarkServer() {
        try {
            server = EmbeddedPostgres.builder().start();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Map<String, String> options() {
        return Map.of("url", "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "username", "postgres");
    }

    String url() {
        return options().get("url") + "?user=postgres";
    }

    /** Drops the only SQL cache of the database. */
    void dropSqlCache(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("drop table " + table + ", cn_partition, cn_coverage, cn_lease, cn_meta");
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
