package dev.cacheness.internal.jdbc;

import dev.cacheness.Durability;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.contract.EntryFixture;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Opens indexes on the server of the tests. */
final class PostgresqlFixture {

    private PostgresqlFixture() {}

    static Map<String, String> options(String schema) {
        var options = new HashMap<String, String>();
        options.put("url", PostgresqlServer.url());
        options.put("username", PostgresqlServer.USER);
        options.put("password", "secret");
        options.put("schema", schema);
        return options;
    }

    static BackendSettings settings(Map<String, String> options) {
        return new BackendSettings(
                Path.of("unused"), Durability.PROCESS, new MutableInstantSource(EntryFixture.NOW), options);
    }

    static MetadataBackend open(Map<String, String> options) {
        return new PostgresqlMetadataBackendProvider().open(settings(options));
    }

    /** With tables, and nothing in them. */
    static MetadataBackend openEmpty(String schema) {
        MetadataBackend backend = open(options(schema));
        PostgresqlServer.execute(
                "truncate " + schema + ".cacheness_entry",
                "update " + schema + ".cacheness_invalidation set count = 0");
        return backend;
    }
}
