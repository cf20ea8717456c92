package dev.cacheness.crash;

import static org.awaitility.Awaitility.await;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;

/** Indexes that outlive their process, beside blobs in a directory. A place is the name of a backend, or the address of a database. */
final class Durable {

    private static final String ADDRESS = "jdbc:";

    private static final String SCHEMA = "crash";

    private Durable() {}

    /** Where a process of its own finds an empty index. */
    static String place(String backend) {
        if (!backend.equals("postgresql")) {
            return backend;
        }
        PostgresqlServer.execute("drop schema if exists " + SCHEMA + " cascade");
        return PostgresqlServer.url();
    }

    static CachenessBuilder builder(Path directory, String place) {
        CachenessBuilder builder = CachenessBuilder.at(directory);
        return place.startsWith(ADDRESS)
                ? builder.metadataBackend("postgresql")
                        .metadataOptions(Map.of("url", place, "username", "postgres", "schema", SCHEMA))
                : builder.metadataBackend(place);
    }

    /** A server may still be at work for a process that is gone. */
    static void awaitEndOfWork(String place) {
        if (place.startsWith(ADDRESS)) {
            await().until(() -> PostgresqlServer.query(
                            "select count(*) from pg_stat_activity where application_name = 'cacheness'")
                    .equals("0"));
        }
    }
}
