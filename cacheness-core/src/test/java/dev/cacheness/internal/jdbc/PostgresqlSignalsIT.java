package dev.cacheness.internal.jdbc;

import static dev.cacheness.contract.EntryFixture.digest;
import static dev.cacheness.contract.EntryFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.spi.ChangeFeed;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node hears of the changes of another, and what becomes of a connection that breaks. */
class PostgresqlSignalsIT {

    private static final String SCHEMA = "signals";

    private static final String LISTENERS =
            "select count(*) from pg_locks where locktype = 'advisory' and classid = 1130588271 and granted"
                    + " and objid = 'signals'::regnamespace";

    private final Ear ear = new Ear();

    private MetadataBackend hearing;

    private MetadataBackend changing;

    @BeforeEach
    void openBackends() {
        changing = PostgresqlFixture.openEmpty(SCHEMA);
        hearing = PostgresqlFixture.open(PostgresqlFixture.options(SCHEMA));
    }

    @AfterEach
    void closeBackends() {
        hearing.close();
        changing.close();
    }

    @Test
    void replacementAndRemovalAreHeardAndANewRowIsNot() {
        listen(hearing);
        put(entry(1).build());
        put(entry(2).build());

        put(entry(2).build());
        await().untilAsserted(() -> assertThat(ear.heard).containsExactly(digest(2)));
        changing.invalidate(List.of(digest(1)));

        await().untilAsserted(() -> assertThat(ear.heard).containsExactly(digest(2), digest(1)));
    }

    @Test
    void anotherExpiryIsHeardAndAccessesAreNot() {
        put(entry(1).build());
        put(entry(2).build());
        listen(hearing);

        changing.recordAccesses(List.of(new dev.cacheness.spi.EntryAccess(
                digest(2), 3, dev.cacheness.contract.EntryFixture.NOW.plusSeconds(1))));
        changing.setExpiry(
                digest(1),
                dev.cacheness.contract.EntryFixture.NOW,
                dev.cacheness.contract.EntryFixture.NOW.plusSeconds(60));

        await().untilAsserted(() -> assertThat(ear.heard).containsExactly(digest(1)));
    }

    @Test
    void removalOfManyIsHeardAsAChangeOfAnything() {
        IntStream.range(0, 1_200).forEach(number -> put(entry(number).build()));
        listen(hearing);

        changing.invalidateMatching(EntryFilter.ALL, 2_000);

        await().untilAsserted(() -> assertThat(ear.heard).containsExactly("anything"));
    }

    @Test
    void removalOfSomeHundredIsHeardWhole() {
        IntStream.range(0, 300).forEach(number -> put(entry(number).build()));
        listen(hearing);

        changing.invalidateMatching(EntryFilter.ALL, 1_000);

        await().untilAsserted(() -> assertThat(ear.heard).hasSize(300).doesNotHaveDuplicates());
    }

    @Test
    void everythingThatManyTellAtOnceIsHeard() throws Exception {
        IntStream.range(0, 400).forEach(number -> put(entry(number).build()));
        listen(hearing);

        IntStream.range(0, 400).parallel().forEach(number -> put(entry(number).build()));

        await().untilAsserted(() -> assertThat(ear.heard).hasSize(400).doesNotHaveDuplicates());
    }

    @Test
    void oneConnectionIsEnoughForAll() {
        listen(hearing);
        hearing.unwrap(ChangeFeed.class).orElseThrow().subscribe(new Ear());
        hearing.changesOfOthers();

        assertThat(PostgresqlServer.query(LISTENERS)).isEqualTo("1");
    }

    @Test
    void nobodyListensUnlessSomebodyWantsToKnow() {
        put(entry(1).build());
        hearing.find(digest(1));

        assertThat(PostgresqlServer.query(LISTENERS)).isEqualTo("0");
    }

    @Test
    void nothingIsSentWhereNobodyListens() throws Exception {
        put(entry(1).build());
        try (Connection bystander = listenByHand()) {
            put(entry(1).build());
            changing.invalidate(List.of(digest(1)));

            assertThat(sentUpTo("marker", bystander)).containsExactly("marker");
        }
    }

    @Test
    void nodeThatListensAloneHearsItselfWithoutTheServer() throws Exception {
        listen(changing);
        put(entry(1).build());
        try (Connection bystander = listenByHand()) {
            put(entry(1).build());

            assertThat(ear.heard).containsExactly(digest(1));
            assertThat(sentUpTo("marker", bystander)).containsExactly("marker");
        }
    }

    @Test
    void whoeverListensFromNowOnMissesNothingOfThoseWhoKnewThatNobodyDid() {
        put(entry(1).build());
        put(entry(1).build());

        listen(hearing);
        put(entry(1).build());

        await().untilAsserted(() -> assertThat(ear.heard).containsExactly(digest(1)));
    }

    @Test
    void waitingForALeaseIsNoWishToHearOfChanges() {
        LoadLeases leases = hearing.unwrap(LoadLeases.class).orElseThrow();
        leases.claim(digest(1), Duration.ofMinutes(1));

        assertThat(leases.awaitFree(digest(1), Duration.ofMillis(200))).isFalse();

        assertThat(PostgresqlServer.query(LISTENERS)).isEqualTo("0");
    }

    @Test
    void connectionEndsWithTheBackend() {
        listen(hearing);

        hearing.close();

        await().untilAsserted(
                        () -> assertThat(PostgresqlServer.query(LISTENERS)).isEqualTo("0"));
    }

    @Test
    void brokenConnectionIsReplacedAndAnythingMayHaveChangedMeanwhile() {
        listen(hearing);
        long before = hearing.changesOfOthers().orElseThrow();

        PostgresqlServer.execute(
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 1130588271");

        await().untilAsserted(() ->
                assertThat(hearing.changesOfOthers().orElseThrow()).isGreaterThan(before));
        awaitConnected(hearing);
        put(entry(1).build());
        put(entry(1).build());
        await().untilAsserted(() -> assertThat(ear.heard).contains(digest(1)));
    }

    @Test
    void silentConnectionIsNoticed() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port())) {
            Map<String, String> options = new HashMap<>(PostgresqlFixture.options(SCHEMA));
            options.put("url", "jdbc:postgresql://localhost:" + proxy.port() + "/postgres");
            try (MetadataBackend behindProxy = PostgresqlFixture.open(options)) {
                listen(behindProxy);
                long before = behindProxy.changesOfOthers().orElseThrow();
                long start = System.nanoTime();

                proxy.freeze();

                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () -> assertThat(behindProxy.changesOfOthers().orElseThrow())
                                        .isGreaterThan(before));
                Duration bound = PostgresqlSignals.HEARTBEAT
                        .plus(PostgresqlSignals.ANSWER)
                        .plusSeconds(1);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(bound);
                proxy.thaw();
                awaitConnected(behindProxy);
            }
        }
    }

    private void listen(MetadataBackend backend) {
        backend.unwrap(ChangeFeed.class).orElseThrow().subscribe(ear);
        awaitConnected(backend);
    }

    private static void awaitConnected(MetadataBackend backend) {
        await().until(() -> backend.changesOfOthers().equals(backend.changesOfOthers()));
    }

    private static Connection listenByHand() throws SQLException {
        Connection connection = PostgresqlServer.connect();
        try (var statement = connection.createStatement()) {
            statement.execute("listen \"" + PostgresqlServer.query("select " + SCHEMA + ".cacheness_channel()") + "\"");
        }
        return connection;
    }

    /** What is sent, until the marker that is sent now. */
    private static List<String> sentUpTo(String marker, Connection connection) throws SQLException {
        PostgresqlServer.execute("select pg_notify(" + SCHEMA + ".cacheness_channel(), '" + marker + "')");
        List<String> sent = new ArrayList<>();
        while (!sent.contains(marker)) {
            sent.addAll(PostgresqlDriver.notifications(connection, Duration.ofSeconds(10)));
        }
        return sent;
    }

    private void put(StoredEntry entry) {
        changing.put(entry, PutCondition.ALWAYS);
    }

    private static final class Ear implements ChangeFeed.Listener {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void changed(Collection<String> digests) {
            heard.addAll(digests);
        }

        @Override
        public void anythingChanged() {
            heard.add("anything");
        }
    }
}
