package dev.cacheness.crash;

import static org.awaitility.Awaitility.await;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;

/** Indexes that outlive their process, beside blobs in a directory. A place is the name of a backend, or the address of a database. */
final class Durable {

    /** An index that hosts share, with blobs in a directory that they share as well. */
    static final String SHARED = "postgresql-shared";

    private static final String ADDRESS = "jdbc:";

    private static final String SCHEMA = "crash";

    private Durable() {}

    /** Where a process of its own finds an empty index. */
    static String place(String backend) {
        if (!backend.startsWith("postgresql")) {
            return backend;
        }
        PostgresqlServer.execute("drop schema if exists " + SCHEMA + " cascade");
        return (backend.equals(SHARED) ? SHARED + " " : "") + PostgresqlServer.url();
    }

    static CachenessBuilder builder(Path directory, String place) {
        if (place.startsWith(SHARED)) {
            return builder(directory, place.substring(SHARED.length() + 1))
                    .blobOptions(Map.of("shared", "true", "intent-lease", "1s"));
        }
        CachenessBuilder builder = CachenessBuilder.at(directory);
        return place.startsWith(ADDRESS)
                ? builder.metadataBackend("postgresql")
                        .metadataOptions(Map.of("url", place, "username", "postgres", "schema", SCHEMA))
                : builder.metadataBackend(place);
    }

    /** A server may still be at work for a process that is gone. */
    static void awaitEndOfWork(String place) {
        if (place.contains(ADDRESS)) {
            await().until(() -> PostgresqlServer.query(
                            "select count(*) from pg_stat_activity where application_name = 'cacheness'")
                    .equals("0"));
        }
    }
}
