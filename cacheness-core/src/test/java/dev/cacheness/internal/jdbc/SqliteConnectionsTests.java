package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Durability;
import dev.cacheness.spi.PutCondition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How sessions are set up, lent and thrown away. */
class SqliteConnectionsTests {

    private static final String COUNT = "select count(*) from cacheness_invalidation";

    private static final Duration READ_TIMEOUT = Duration.ofMillis(200);

    private static final Duration IN_TIME = Duration.ofMillis(1_500);

    private static final String BREAK = "delete from cacheness_invalidation";

    @TempDir
    Path directory;

    private SqliteConnections connections;

    @BeforeEach
    void openConnections() throws Exception {
        SqliteFixture.open(directory).close();
        connections = new SqliteConnections(SqliteFile.claim(directory), Durability.POWER, READ_TIMEOUT);
    }

    @AfterEach
    void closeConnections() {
        connections.close();
    }

    @Test
    void sessionsAreSetUpAsTheyShouldBe() {
        Map<String, Integer> common =
                Map.of("busy_timeout", 5000, "mmap_size", 0, "trusted_schema", 0, "cell_size_check", 1);
        common.forEach((name, value) -> {
            assertThat(connections.<Integer>read("ask", session -> pragma(session, name)))
                    .as(name)
                    .isEqualTo(value);
            assertThat(connections.<Integer>write("ask", session -> pragma(session, name)))
                    .as(name)
                    .isEqualTo(value);
        });
        assertThat(connections.<Integer>read("ask", session -> pragma(session, "query_only")))
                .isEqualTo(1);
        assertThat(connections.<Integer>write("ask", session -> pragma(session, "foreign_keys")))
                .isEqualTo(1);
        assertThat(connections.<Integer>write("ask", session -> pragma(session, "synchronous")))
                .isEqualTo(2);
    }

    @Test
    void durabilityDecidesWhetherEveryCommitWaitsForTheDisk() throws Exception {
        try (var relaxed = new SqliteConnections(SqliteFile.claim(directory), Durability.PROCESS, READ_TIMEOUT)) {
            assertThat(relaxed.<Integer>write("ask", session -> pragma(session, "synchronous")))
                    .isEqualTo(1);
        }
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> connections.read("try", session -> session.update(BREAK, Session.Parameters.NONE)))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContaining("Could not try");
        assertThat(count()).isEqualTo(64);
    }

    @Test
    void failedTransactionLeavesNothingBehindAndTheNextOneWorks() {
        assertThatThrownBy(() -> connections.write("break", session -> {
                    session.update(BREAK, Session.Parameters.NONE);
                    session.run("no statement at all");
                    return 0;
                }))
                .isInstanceOf(CacheMetadataException.class);
        assertThatThrownBy(() -> connections.write("break", session -> {
                    session.update(BREAK, Session.Parameters.NONE);
                    throw new IllegalStateException("a mistake");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count()).isEqualTo(64);
        assertThat(connections.<Integer>write("break", session -> session.update(BREAK, Session.Parameters.NONE)))
                .isEqualTo(64);
        assertThat(count()).isZero();
    }

    @Test
    void readersNeitherWaitForTheWriterNorSeeItsUncommittedRows() throws Exception {
        var written = new CountDownLatch(1);
        var read = new CountDownLatch(1);
        var writing = CompletableFuture.supplyAsync(() -> connections.<Boolean>write("write", session -> {
            session.update(BREAK, Session.Parameters.NONE);
            written.countDown();
            return await(read);
        }));

        assertThat(await(written)).isTrue();
        assertThat(count()).isEqualTo(64);
        read.countDown();

        assertThat(writing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(count()).isZero();
    }

    @Test
    void waitingForTheWriterHasAnEnd() throws Exception {
        try (var impatient = new SqliteConnections(
                SqliteFile.claim(directory), Durability.PROCESS, READ_TIMEOUT, Duration.ofMillis(20))) {
            var written = new CountDownLatch(1);
            var waited = new CountDownLatch(1);
            var writing = CompletableFuture.supplyAsync(() -> impatient.<Boolean>write("write", session -> {
                written.countDown();
                return await(waited);
            }));
            assertThat(await(written)).isTrue();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> impatient.write("store", session -> 0))
                    .isInstanceOf(CacheMetadataException.class)
                    .hasMessageContainingAll("Could not store", "20 ms");

            assertThat(Thread.interrupted()).isTrue();
            waited.countDown();
            assertThat(writing.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(impatient.<Integer>write("store", session -> 1)).isEqualTo(1);
        }
    }

    @Test
    void readersDoNotWaitForEachOther() {
        int nested = connections.read(
                "read", one -> connections.read("read", two -> connections.read("read", three -> count())));

        assertThat(nested).isEqualTo(64);
    }

    @Test
    void lookUpInAFileThatAnotherOneKeepsLockedEndsInTime() throws Exception {
        try (var other = SqliteSessions.openUntouched(directory.resolve("cacheness.db"))) {
            other.execute("pragma locking_mode = exclusive");
            other.execute("begin exclusive");

            assertThatThrownBy(() -> timed(() -> connections.lookUp("look up", SqliteConnectionsTests::count)))
                    .isInstanceOf(CacheMetadataException.class)
                    .hasMessageContainingAll("Could not look up", "locked for too long");
            assertThatThrownBy(() -> timed(() -> connections.changesOfOthers()))
                    .isInstanceOf(CacheMetadataException.class);
        }
        assertThat(connections.<Integer>lookUp("look up", SqliteConnectionsTests::count))
                .isEqualTo(64);
        assertThat(connections.<Integer>read("ask", session -> pragma(session, "busy_timeout")))
                .isEqualTo(5000);
        assertThat(connections.<Integer>write("ask", session -> pragma(session, "busy_timeout")))
                .isEqualTo(5000);
    }

    @Test
    void lookUpDoesNotWaitLongForReadersThatHang() throws Exception {
        var end = new CountDownLatch(1);
        int readers = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        var reading = new ArrayList<CompletableFuture<Boolean>>();
        var all = new CountDownLatch(readers);
        for (int i = 0; i < readers; i++) {
            reading.add(CompletableFuture.supplyAsync(
                    () -> connections.<Boolean>read("hang", session -> {
                        all.countDown();
                        return await(end);
                    }),
                    task -> new Thread(task).start()));
        }
        assertThat(await(all)).isTrue();

        assertThatThrownBy(() -> timed(() -> connections.lookUp("look up", SqliteConnectionsTests::count)))
                .isInstanceOf(CacheMetadataException.class)
                .hasMessageContainingAll("Could not look up", "readers were busy", "200 ms");

        end.countDown();
        for (CompletableFuture<Boolean> one : reading) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void moreKindsOfStatementsThanAreKeptWork() {
        int sum = connections.read("read", session -> {
            int total = 0;
            for (int i = 0; i < 200; i++) {
                Integer one = session.first("select 1 + " + i % 100, Session.Parameters.NONE, row -> row.getInt(1));
                total += one == null ? 0 : one;
            }
            return total;
        });

        assertThat(sum).isEqualTo(2 * 5050);
    }

    @Test
    void lockedFileIsReportedWithAdvice() throws Exception {
        try (var backend = SqliteFixture.open(directory);
                var other = SqliteSessions.openUntouched(directory.resolve("cacheness.db"))) {
            other.execute("begin immediate");

            assertThatThrownBy(() -> backend.put(entry(1).build(), PutCondition.ALWAYS))
                    .isInstanceOf(CacheMetadataException.class)
                    .hasMessageContainingAll("Could not store an entry", "locked for too long");
            assertThat(backend.find(digest(1))).isEmpty();

            other.execute("rollback");
            assertThat(backend.put(entry(1).build(), PutCondition.ALWAYS).stored())
                    .isTrue();
        }
    }

    private int count() {
        return connections.read("count", SqliteConnectionsTests::count);
    }

    private static int count(Session session) throws SQLException {
        Integer count = session.first(COUNT, Session.Parameters.NONE, row -> row.getInt(1));
        return count == null ? -1 : count;
    }

    private static <T> T timed(Supplier<T> action) {
        long start = System.nanoTime();
        try {
            return action.get();
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
        }
    }

    private static int pragma(Session session, String name) throws SQLException {
        Integer value = session.first("pragma " + name, Session.Parameters.NONE, row -> row.getInt(1));
        return value == null ? -1 : value;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
