package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheMetadataException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.logging.LogFactory;

/** Finds out what a database is, and brings the tables of an older version up to date. */
final class SqliteSchema {

    /** The version that the last script sets as {@code user_version}. */
    static final int VERSION = 3;

    /** What the first script sets as {@code application_id}. */
    static final int APPLICATION_ID = 1130588270;

    private static final String SCRIPTS = "classpath:dev/cacheness/migration/sqlite";

    private static final String HISTORY_TABLE = "cacheness_schema_history";

    /** Another process may bring the same file up to date at the same time; one of the two then fails, and finds the work done. */
    private static final int ATTEMPTS = 3;

    /** For how long others may be busy with the file, and how long to let them between two attempts. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final String STATE = """
            select (select application_id from pragma_application_id),
                   (select user_version from pragma_user_version),
                   (select count(*) from sqlite_master),
                   (select count(*) from sqlite_master where name = '%s')
            """.formatted(HISTORY_TABLE);

    private SqliteSchema() {}

    /**
     * Makes sure that the file has the tables of this version. One cheap query if it has.
     *
     * @throws CacheMetadataException if the database is not ours, or of a newer version; it is left as it was
     */
    static void bringUpToDate(Path file) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                bringUpToDateNow(file);
                return;
            } catch (SQLException e) {
                // Switching to the log needs the file for itself, and SQLite does not wait for that as it does for
                // other locks.
                if (!SqliteFailures.isBusy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void bringUpToDateNow(Path file) throws SQLException {
        try (Session session = SqliteSessions.openUntouched(file)) {
            int version = version(session, file);
            useLog(session, file);
            for (int attempt = 1; version < VERSION && attempt <= ATTEMPTS; attempt++) {
                migrate(session, file, attempt == ATTEMPTS);
                version = version(session, file);
            }
            if (version < VERSION) {
                throw new CacheMetadataException(
                        "The index " + file + " still has schema version " + version
                                + " after it was brought up to version " + VERSION
                                + ": its history and its tables do not agree. Restore it, or choose another cacheness.storage.dir.");
            }
        }
    }

    private static int version(Session session, Path file) throws SQLException {
        return Objects.requireNonNull(session.first(STATE, Session.Parameters.NONE, row -> {
            int applicationId = row.getInt(1);
            int version = row.getInt(2);
            boolean empty = row.getInt(3) == 0;
            boolean begun = row.getInt(4) == 1;
            if (applicationId == APPLICATION_ID) {
                refuseNewer(file, version);
            } else if (applicationId != 0 || version != 0 || !(empty || begun)) {
                throw foreign(file, applicationId);
            }
            return version;
        }));
    }

    static void refuseForeign(Path file, int applicationId) {
        if (applicationId != APPLICATION_ID) {
            throw foreign(file, applicationId);
        }
    }

    private static CacheMetadataException foreign(Path file, int applicationId) {
        return new CacheMetadataException("The index " + file
                + " is the SQLite database of another application (its application_id is " + applicationId
                + ", ours is "
                + APPLICATION_ID + "). It was left as it is: move it away, or choose another cacheness.storage.dir.");
    }

    static void refuseNewer(Path file, int version) {
        if (version > VERSION) {
            throw new CacheMetadataException("The index " + file + " has schema version " + version
                    + ", but this version of Cacheness knows no later one than " + VERSION
                    + ". It was left as it is: use the newer version of Cacheness, or another cacheness.storage.dir.");
        }
    }

    private static void useLog(Session session, Path file) throws SQLException {
        String mode = session.first("pragma journal_mode = wal", Session.Parameters.NONE, row -> row.getString(1));
        if (!"wal".equalsIgnoreCase(mode)) {
            throw new CacheMetadataException(
                    "The index " + file + " cannot have a write-ahead log (its journal_mode stays " + mode
                            + "). Put cacheness.storage.dir on a local disk.");
        }
    }

    private static void migrate(Session session, Path file, boolean lastAttempt) throws SQLException {
        try {
            Flyway.configure(SqliteSchema.class.getClassLoader())
                    .dataSource(SqliteSessions.dataSource(file))
                    .locations(SCRIPTS)
                    .table(HISTORY_TABLE)
                    .failOnMissingLocations(true)
                    .skipDefaultCallbacks(true)
                    .callbackLocations(SCRIPTS)
                    .loggers(QuietFlywayLogs.class.getName())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (lastAttempt && version(session, file) < VERSION) {
                throw new CacheMetadataException(
                        "The tables of the index " + file + " could not be brought up to version " + VERSION + ": "
                                + e.getMessage(),
                        e);
            }
        } finally {
            // Flyway logs through one static setting; the application's own Flyway must not find ours there.
            LogFactory.setConfiguration(Flyway.configure());
        }
    }
}
