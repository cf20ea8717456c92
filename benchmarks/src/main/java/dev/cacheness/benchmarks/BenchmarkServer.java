package dev.cacheness.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
