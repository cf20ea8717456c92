package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Brings the tables of an older version up to date. All that is in the same schema and not ours stays as it is. */
final class PostgresqlSchema {

    /** The version that the last script writes into the comment of the table. */
    static final int VERSION = 3;

    private static final String SCRIPTS = "classpath:dev/cacheness/migration/postgresql";

    private static final String HISTORY_TABLE = "cacheness_schema_history";

    /** "Cchn", as the SQLite files have it. */
    private static final long LOCK = 1130588270;

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private static final Pattern COMMENT = Pattern.compile("Cacheness, schema version (\\d{1,9})");

    private static final String STATE = """
            select to_regclass('cacheness_entry') is not null, obj_description(to_regclass('cacheness_entry'), 'pg_class')
            """;

    private PostgresqlSchema() {}

    /**
     * Makes sure that the database has the tables of this version. One cheap query if it has.
     *
     * @param schema where the tables are to be, null for the current schema of the connections
     * @throws CacheMetadataException if the tables are not ours, or of a newer version; they are left as they were
     */
    static void bringUpToDate(DataSource dataSource, @Nullable String schema, String place) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int networkTimeout = connection.getNetworkTimeout();
            try {
                connection.setAutoCommit(true);
                if (version(connection, place) < VERSION) {
                    connection.setNetworkTimeout(
                            Runnable::run, (int) MAX_WAIT.plusSeconds(5).toMillis());
                    connection.setAutoCommit(false);
                    migrateAlone(connection, dataSource, schema, place);
                }
            } finally {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    /** While others wait, who then find the work done. Flyway works on connections of its own. */
    private static void migrateAlone(
            Connection connection, DataSource dataSource, @Nullable String schema, String place) throws SQLException {
        boolean done = false;
        try (var statement = connection.createStatement()) {
            String limit = MAX_WAIT.toMillis() + "";
            statement.execute("set local statement_timeout = " + limit);
            statement.execute("set local lock_timeout = " + limit);
            statement.execute("set local idle_in_transaction_session_timeout = " + limit);
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            if (version(connection, place) < VERSION) {
                migrate(dataSource, schema, place);
            }
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    /** 0 if there are no tables. */
    private static int version(Connection connection, String place) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STATE)) {
            row.next();
            if (!row.getBoolean(1)) {
                return 0;
            }
            Matcher comment = COMMENT.matcher(Objects.requireNonNullElse(row.getString(2), ""));
            if (!comment.matches()) {
                throw new CacheMetadataException(
                        "The database " + place
                                + " has a table cacheness_entry that is not ours (its comment does not say so). It was left as it is: choose another schema.");
            }
            int version = Integer.parseInt(comment.group(1));
            if (version > VERSION) {
                throw new CacheMetadataException("The index in the database " + place + " has schema version " + version
                        + ", but this version of Cacheness knows no later one than " + VERSION
                        + ". It was left as it is: use the newer version of Cacheness, or another schema.");
            }
            return version;
        }
    }

    private static void migrate(DataSource dataSource, @Nullable String schema, String place) {
        try {
            FluentConfiguration flyway = Flyway.configure(PostgresqlSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations(SCRIPTS)
                    .table(HISTORY_TABLE)
                    // The schema may be full of the application's tables; all our scripts are still to be run then.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .skipDefaultCallbacks(true)
                    .callbackLocations(SCRIPTS)
                    .loggers(QuietFlywayLogs.class.getName());
            if (schema != null) {
                flyway.defaultSchema(schema).createSchemas(true);
            }
            flyway.load().migrate();
        } catch (FlywayException e) {
            throw new CacheMetadataException(
                    "The tables of the index in the database " + place + " could not be brought up to version "
                            + VERSION + ": " + e.getMessage()
                            + " Give the role the right to create them, or run the scripts in dev/cacheness/migration/postgresql.",
                    e);
        } finally {
            // Flyway logs through one static setting; the application's own Flyway must not find ours there.
            LogFactory.setConfiguration(Flyway.configure());
        }
    }
}
