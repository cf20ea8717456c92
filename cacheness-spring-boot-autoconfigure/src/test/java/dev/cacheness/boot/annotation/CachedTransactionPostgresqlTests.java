package dev.cacheness.boot.annotation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same over a database whose readers see what was committed while others write. */
class CachedTransactionPostgresqlTests extends CachedTransactionTests {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    String database(Path directory) {
        return server.getJdbcUrl("postgres", "postgres");
    }
}
