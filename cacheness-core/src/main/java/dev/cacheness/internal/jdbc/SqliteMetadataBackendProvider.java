package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.util.List;

/** Opens the index in the SQLite file {@code cacheness.db} of the cache's directory. */
public final class SqliteMetadataBackendProvider implements MetadataBackendProvider {

    @Override
    public String name() {
        return SqliteMetadataBackend.NAME;
    }

    @Override
    public String description() {
        return "Rows in the SQLite file cacheness.db in the directory of the cache; several processes of one host may share it";
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.of("org.xerial:sqlite-jdbc", "org.flywaydb:flyway-core");
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        settings.options().forEach((option, value) -> {
            throw new CacheConfigurationException(
                    "cacheness.metadata.options." + option,
                    value,
                    "The sqlite backend has no options.",
                    "Remove it, or choose another cacheness.metadata.backend.");
        });
        return SqliteMetadataBackend.open(settings);
    }
}
