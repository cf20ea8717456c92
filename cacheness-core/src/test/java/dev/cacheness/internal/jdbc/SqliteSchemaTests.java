package dev.cacheness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cacheness.Comparison;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomKind;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The tables, and that making them keeps out of the application's way. */
class SqliteSchemaTests {

    @TempDir
    Path directory;

    private final Logger flyway = (Logger) LoggerFactory.getLogger("org.flywaydb");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listenToFlyway() {
        log.start();
        flyway.setLevel(Level.DEBUG);
        flyway.setAdditive(false);
        flyway.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        flyway.detachAppender(log);
        flyway.setAdditive(true);
        flyway.setLevel(null);
    }

    @Test
    void tablesAreMadeQuietly() {
        SqliteFixture.open(directory).close();

        assertThat(log.list).isNotEmpty().allMatch(event -> !event.getLevel().isGreaterOrEqual(Level.INFO));
    }

    @Test
    void flywayIsNotAskedAgain() {
        SqliteFixture.open(directory).close();
        log.list.clear();

        SqliteFixture.open(directory).close();

        assertThat(log.list).isEmpty();
    }

    @Test
    void applicationsOwnFlywayIsHeardAsEver() {
        SqliteFixture.open(directory).close();
        log.list.clear();

        var own = (Logger) LoggerFactory.getLogger(SqliteSchemaTests.class);
        own.addAppender(log);
        own.setAdditive(false);
        try {
            LogFactory.getLog(SqliteSchemaTests.class).warn("from the application");
            assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
        } finally {
            own.setAdditive(true);
            own.detachAppender(log);
        }
    }

    @Test
    void statementsFindTheirRowsByAnIndex() throws Exception {
        for (String sql : List.of(
                EntryStatements.FIND,
                EntryStatements.FIND_DESCRIBED,
                SqliteStatements.FIND_FORMER,
                EntryStatements.REMOVE,
                EntryStatements.REMOVE_GENERATION,
                SqliteStatements.REMOVE_EXPIRED,
                EntryStatements.LEAST_RECENTLY_ACCESSED,
                EntryStatements.TOTALS,
                EntryStatements.TOTALS_OF_NAMESPACE,
                EntryStatements.SET_EXPIRY,
                EntryStatements.RECORD_ACCESS,
                EntryStatements.INVALIDATIONS,
                SqliteStatements.REFERENCED_BLOBS,
                EntryStatements.list(new FilterSql(EntryFilter.ALL, Dialect.SQLITE)),
                EntryStatements.list(new FilterSql(EntryFilter.ofNamespace("n"), Dialect.SQLITE)),
                EntryStatements.count(
                        new FilterSql(new EntryFilter(null, "ab", List.of(), Set.of(), null), Dialect.SQLITE)),
                EntryStatements.removeMatching(new FilterSql(EntryFilter.ofNamespace("n"), Dialect.SQLITE)))) {
            assertPlanHasNoFullScan(sql);
        }
    }

    @Test
    void customMetadataIsFoundByItsIndex() throws Exception {
        var column = new CustomColumn("accuracy", CustomKind.REAL, true, false);
        var table = new CustomTable("runs", List.of(column));
        try (var backend = SqliteFixture.open(directory)) {
            backend.prepareCustomTable(table);
        }
        var range = new CustomCondition.Compare(column, Comparison.AT_LEAST, 0.9);
        var sql = new CustomSql(new CustomSelection(table, range, Instant.EPOCH, List.of(), 0, 10));

        try (var session = SqliteSessions.openUntouched(directory.resolve("cacheness.db"))) {
            List<String> plan =
                    session.all("explain query plan " + sql.list(), Session.Parameters.NONE, row -> row.getString(4));

            assertThat(plan.get(0)).contains("SEARCH m USING INDEX cacheness_index_runs__accuracy");
            assertThat(plan.get(1)).startsWith("SEARCH e USING INDEX");
        }
    }

    private void assertPlanHasNoFullScan(String sql) throws Exception {
        SqliteFixture.open(directory).close();
        try (var session = SqliteSessions.openUntouched(directory.resolve("cacheness.db"))) {
            List<String> plan =
                    session.all("explain query plan " + sql, Session.Parameters.NONE, row -> row.getString(4));

            assertThat(plan)
                    .as(sql)
                    .isNotEmpty()
                    .noneMatch(step -> step.startsWith("SCAN cacheness_entry") && !step.contains("USING"));
        }
    }
}
