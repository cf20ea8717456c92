package dev.cacheness.internal.jdbc;

import dev.cacheness.spi.MetadataBackend;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Opens the index on a database that can be reached, with its tables up to date. */
final class PostgresqlOpening {

    private PostgresqlOpening() {}

    static MetadataBackend byOptions(PostgresqlSettings settings, Duration readTimeout) {
        DataSource dataSource = PostgresqlDriver.dataSource(settings);
        String place = settings.place();
        try {
            PostgresqlSchema.bringUpToDate(dataSource, settings.schema(), place);
        } catch (SQLException e) {
            throw PostgresqlFailures.translate("open the tables", place, e);
        }
        return backend(new PooledSessions(dataSource, settings.poolSize()), dataSource, place, readTimeout);
    }

    static MetadataBackend on(DataSource dataSource, Duration readTimeout) {
        String place = "the DataSource of the application";
        try {
            try (Connection connection = dataSource.getConnection()) {
                place = connection.getCatalog() + " of the application";
            }
            PostgresqlSchema.bringUpToDate(dataSource, null, place);
        } catch (SQLException e) {
            throw PostgresqlFailures.translate("open the tables", place, e);
        }
        return backend(new LentSessions(dataSource), dataSource, place, readTimeout);
    }

    private static MetadataBackend backend(
            PostgresqlConnections.Sessions sessions, DataSource dataSource, String place, Duration readTimeout) {
        return new PostgresqlMetadataBackend(
                new PostgresqlConnections(sessions, place, readTimeout),
                new PostgresqlSignals(sessions, place),
                PostgresqlReaderDataSource.of(dataSource));
    }
}
