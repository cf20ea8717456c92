package dev.cacheness.jdbc;

import dev.cacheness.internal.jdbc.PostgresqlMetadataBackendProvider;
import dev.cacheness.spi.MetadataBackendProvider;
import java.util.Objects;
import javax.sql.DataSource;

/** The index in a PostgreSQL database that the application has a {@code DataSource} for. */
public final class PostgresqlMetadata {

    private PostgresqlMetadata() {}

    /**
     * The provider of the backend {@code postgresql}, which takes its connections from the application. It borrows one for each operation, works in a
     * transaction of its own, and gives it back as it was. It never closes the {@code DataSource}.
     *
     * <p>The {@code DataSource} must hand out a connection of its own for each call, not the one of the present transaction. A thread that holds a
     * connection in a transaction of its own needs a second one for the cache, so a pool must have more connections than threads that do so at once. The
     * tables are made in the current schema of its connections.
     */
    public static MetadataBackendProvider provider(DataSource dataSource) {
        return new PostgresqlMetadataBackendProvider(Objects.requireNonNull(dataSource, "dataSource"));
    }
}
