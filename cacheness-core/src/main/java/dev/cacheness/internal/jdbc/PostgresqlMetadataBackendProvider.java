package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens the index in a PostgreSQL database. Loads without the libraries that it needs, and says which are missing when it is asked to open. */
public final class PostgresqlMetadataBackendProvider implements MetadataBackendProvider {

    private static final Map<String, String> LIBRARIES = libraries();

    private final @Nullable DataSource dataSource;

    /** Connects by the options {@code url}, {@code username} and {@code password}. */
    public PostgresqlMetadataBackendProvider() {
        this.dataSource = null;
    }

    /** Takes connections from the application. */
    public PostgresqlMetadataBackendProvider(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private static Map<String, String> libraries() {
        var libraries = new LinkedHashMap<String, String>();
        libraries.put("org.postgresql.Driver", "org.postgresql:postgresql");
        libraries.put("org.flywaydb.core.Flyway", "org.flywaydb:flyway-core");
        libraries.put(
                "org.flywaydb.database.postgresql.PostgreSQLDatabaseType", "org.flywaydb:flyway-database-postgresql");
        return libraries;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String description() {
        return "Rows in a PostgreSQL database, which processes of many hosts may share";
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.copyOf(LIBRARIES.values());
    }

    @Override
    public MetadataBackend open(BackendSettings settings) {
        Artifacts.require(name(), LIBRARIES);
        if (dataSource == null) {
            return PostgresqlOpening.byOptions(PostgresqlSettings.of(settings.options()), settings.readTimeout());
        }
        settings.options().keySet().stream().sorted().findFirst().ifPresent(option -> {
            throw new CacheConfigurationException(
                    PostgresqlSettings.PREFIX + option,
                    null,
                    "The postgresql backend has a DataSource, which decides where and how to connect.",
                    "Remove the option, or do not give the backend a DataSource.");
        });
        return PostgresqlOpening.on(dataSource, settings.readTimeout());
    }
}
