package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheOutcomeUnknownException;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an index whose server is away, slow, or gone at the wrong moment. */
class PostgresqlFaultsIT {

    private static final String SCHEMA = "faults";

    private static final String TERMINATE =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'cacheness'";

    private MetadataBackend backend;

    @BeforeEach
    void openBackend() {
        backend = PostgresqlFixture.openEmpty(SCHEMA);
    }

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void connectionsThatWereEndedAreReplaced() {
        StoredEntry stored = entry(1).build();
        put(stored);

        PostgresqlServer.query(TERMINATE);
        assertThat(backend.find(digest(1))).isPresent();

        PostgresqlServer.query(TERMINATE);
        assertThat(backend.put(entry(1).build(), PutCondition.ALWAYS)).isEqualTo(new PutResult(true, stored.ref()));
    }

    @Test
    void putThatIsEndedInTheMiddleIsDoneAgain() throws Exception {
        StoredEntry first = entry(1).build();
        put(first);
        CompletableFuture<PutResult> second;
        try (Connection other = lockRow()) {
            second = CompletableFuture.supplyAsync(() -> backend.put(entry(1).build(), PutCondition.ALWAYS));
            await().until(() -> !PostgresqlServer.query("""
                            select count(pg_terminate_backend(pid)) from pg_stat_activity
                            where application_name = 'cacheness' and wait_event_type = 'Lock'
                            """).equals("0"));
            other.rollback();
        }

        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(new PutResult(true, first.ref()));
        assertThat(backend.totals().entries()).isEqualTo(1);
    }

    @Test
    void putWhoseAnswerIsLostIsFoundToBeStored() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                var distant = openThrough(proxy)) {
            StoredEntry entry = entry(1).build();
            distant.put(entry(2).build(), PutCondition.ALWAYS);

            proxy.next(FaultyProxy.Fault.LOSE_ANSWER);
            PutResult result = distant.put(entry, PutCondition.ALWAYS);

            assertThat(result.stored()).isTrue();
            assertThat(backend.find(digest(1)).orElseThrow().generation()).isEqualTo(entry.generation());
        }
    }

    @Test
    void putWhoseAnswerIsLostAtCommitIsFoundToBeStored() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                var distant = openThrough(proxy)) {
            StoredEntry entry = entry(1).build();
            var unchanged = new PutCondition.IfNotInvalidated(distant.invalidations(digest(1)));

            proxy.next(FaultyProxy.Fault.LOSE_ANSWER_OF_COMMIT);
            PutResult result = distant.put(entry, unchanged);

            assertThat(result.stored()).isTrue();
            assertThat(proxy.isQuiet()).isTrue();
            assertThat(backend.find(digest(1)).orElseThrow().generation()).isEqualTo(entry.generation());
        }
    }

    @Test
    void putThatMayStillComeIsUnknown() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                var distant = openThrough(proxy)) {
            StoredEntry entry = entry(1).build();
            distant.put(entry(2).build(), PutCondition.ALWAYS);

            proxy.next(FaultyProxy.Fault.LOSE_REQUEST);

            assertThatExceptionOfType(CacheOutcomeUnknownException.class)
                    .isThrownBy(() -> distant.put(entry, PutCondition.ALWAYS))
                    .withMessageContaining(digest(1))
                    .withMessageContaining(entry.generation())
                    .withMessageContaining("put the value again is safe");
            assertThat(distant.put(entry(1).build(), PutCondition.ALWAYS).stored())
                    .isTrue();
        }
    }

    @Test
    void invalidationThatIsLostIsAnErrorAndChangesNothing() throws Exception {
        put(entry(1).build());
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                var distant = openThrough(proxy)) {
            distant.totals();
            proxy.next(FaultyProxy.Fault.LOSE_REQUEST);

            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> distant.invalidate(List.of(digest(1))));
            assertThat(distant.find(digest(1))).isPresent();
        }
    }

    @Test
    void serverThatIsNotThereIsNamed() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Map<String, String> options = PostgresqlFixture.options(SCHEMA);
        options.put("url", "jdbc:postgresql://localhost:" + port + "/postgres");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> PostgresqlFixture.open(options))
                .withMessageContaining("localhost:" + port + "/postgres")
                .withMessageContaining("Check that the server runs")
                .withMessageNotContaining("secret");
    }

    @Test
    void wrongPasswordIsRefusedAndNotShown() throws Exception {
        PostgresqlServer.execute("drop role if exists guarded", "create role guarded login password 'right'");
        Path rules = Path.of(PostgresqlServer.query("show hba_file"));
        String former = Files.readString(rules);
        Files.writeString(rules, "host all guarded all scram-sha-256\n" + former);
        PostgresqlServer.query("select pg_reload_conf()");
        try {
            Map<String, String> options = PostgresqlFixture.options(SCHEMA);
            options.put("username", "guarded");

            await().untilAsserted(() -> assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> PostgresqlFixture.open(options))
                    .withMessageContaining("password authentication failed")
                    .withMessageContaining("Check cacheness.metadata.options.username and password")
                    .withMessageNotContaining("secret"));
        } finally {
            Files.writeString(rules, former);
            PostgresqlServer.query("select pg_reload_conf()");
        }
    }

    @Test
    void roleWithoutRightsIsToldWhatToDo() {
        PostgresqlServer.execute(
                "drop role if exists poor",
                "create role poor login",
                "drop schema if exists poor",
                "create schema poor");
        Map<String, String> options = PostgresqlFixture.options("poor");
        options.put("username", "poor");

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> PostgresqlFixture.open(options))
                .withMessageContaining("permission denied")
                .withMessageContaining("dev/cacheness/migration/postgresql");
    }

    @Test
    void rowThatStaysLockedEndsInAnError() throws Exception {
        StoredEntry first = entry(1).build();
        put(first);

        try (Connection other = lockRow()) {
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> backend.put(entry(1).build(), PutCondition.ALWAYS))
                    .withMessageContaining("lock timeout")
                    .withMessageContaining("kept a row locked");
            assertThat(backend.find(digest(1)).orElseThrow().generation()).isEqualTo(first.generation());
            other.rollback();
        }

        assertThat(backend.put(entry(1).build(), PutCondition.ALWAYS).replaced())
                .isEqualTo(first.ref());
    }

    @Test
    void connectionsHaveTheirLimits() throws Exception {
        var settings = PostgresqlSettings.of(PostgresqlFixture.options(SCHEMA));
        try (Connection connection = PostgresqlDriver.dataSource(settings).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select current_setting('statement_timeout'), current_setting('lock_timeout'),
                               current_setting('idle_in_transaction_session_timeout'), current_setting('transaction_isolation')
                        """)) {
            row.next();

            assertThat(List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                    .containsExactly("5s", "2s", "10s", "read committed");
            assertThat(connection.getNetworkTimeout()).isEqualTo(8_000);
        }
    }

    @Test
    void exhaustedPoolIsAnErrorWithinSeconds() throws Exception {
        var settings = PostgresqlSettings.of(PostgresqlFixture.options(SCHEMA));
        try (var sessions = new PooledSessions(PostgresqlDriver.dataSource(settings), 1)) {
            Session only = sessions.borrow("test", null);

            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> sessions.borrow("look up an entry", null))
                    .withMessageContaining("Could not look up an entry: all 1 connections")
                    .withMessageContaining("pool-size");
            sessions.giveBack(only, true);

            assertThat(sessions.borrow("test", null)).isSameAs(only);
            sessions.giveBack(only, true);
        }
    }

    @Test
    void idleConnectionThatDiedIsNotLent() throws Exception {
        var settings = PostgresqlSettings.of(PostgresqlFixture.options(SCHEMA));
        try (var sessions = new PooledSessions(PostgresqlDriver.dataSource(settings), 1)) {
            Session first = sessions.borrow("test", null);
            sessions.giveBack(first, true);
            PostgresqlServer.query(TERMINATE);
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);

            Session second = sessions.borrow("test", null);

            assertThat(second).isNotSameAs(first);
            sessions.giveBack(second, true);
        }
    }

    @Test
    void closedIndexRefusesWork() {
        backend.close();

        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> backend.count(EntryFilter.ALL))
                .withMessageContaining("has been closed");
    }

    private MetadataBackend openThrough(FaultyProxy proxy) {
        Map<String, String> options = PostgresqlFixture.options(SCHEMA);
        options.put("url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres");
        options.put("pool-size", "2");
        return PostgresqlFixture.open(options);
    }

    private static Connection lockRow() throws SQLException {
        return transaction("select from faults.cacheness_entry where digest = '" + digest(1) + "' for update");
    }

    private static Connection transaction(String sql) throws SQLException {
        Connection connection = PostgresqlServer.connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private void put(StoredEntry entry) {
        assertThat(backend.put(entry, PutCondition.ALWAYS).stored()).isTrue();
    }
}
