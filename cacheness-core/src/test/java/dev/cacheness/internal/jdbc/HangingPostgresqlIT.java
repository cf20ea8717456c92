package dev.cacheness.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.jdbc.PostgresqlMetadata;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What callers see of a server that accepts connections and questions, and does not answer. */
class HangingPostgresqlIT {

    private static final CacheKey<String> KEY = CacheKey.of("key", 1).as(String.class);

    private static final Lookup<String> DOWN = new Lookup.Miss<>(MissReason.BACKEND_DOWN);

    private static final Duration AT_ONCE = Duration.ofMillis(150);

    @TempDir
    Path directory;

    @Test
    void getIsAMissWithinTwoSecondsThenAtOnceAndAHitAgainAfterwards() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                Cacheness cache = builder(proxy).build()) {
            cache.put(KEY, "value");
            proxy.freeze();

            assertThat(timed(Duration.ofMillis(2_400), () -> cache.lookup(KEY))).isEqualTo(DOWN);
            assertThat(timed(AT_ONCE, () -> cache.lookup(KEY))).isEqualTo(DOWN);
            assertThat(timed(AT_ONCE, () -> cache.getOrCompute(KEY, key -> "loaded")))
                    .isEqualTo("loaded");

            proxy.thaw();
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(cache.get(KEY)).contains("value"));
        }
    }

    @Test
    void getByAConnectionThatWasIdleIsAMissInTime() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                Cacheness cache =
                        builder(proxy).readTimeout(Duration.ofMillis(400)).build()) {
            cache.put(KEY, "value");
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            proxy.freeze();

            assertThat(timed(Duration.ofMillis(1_200), () -> cache.lookup(KEY))).isEqualTo(DOWN);

            proxy.thaw();
            await().untilAsserted(() -> assertThat(cache.get(KEY)).contains("value"));
        }
    }

    @Test
    void manyCallersAtOnceAreAllServedInTime() throws Exception {
        try (var proxy = new FaultyProxy(PostgresqlServer.port());
                Cacheness cache = builder(proxy)
                        .readTimeout(Duration.ofMillis(400))
                        .loadScope(LoadScope.CLUSTER)
                        .build()) {
            cache.put(KEY, "value");
            proxy.freeze();
            List<CompletableFuture<String>> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int id = i;
                callers.add(CompletableFuture.supplyAsync(
                        () -> timed(
                                Duration.ofMillis(2_000),
                                () -> cache.getOrCompute(
                                        CacheKey.of("key", id % 4).as(String.class), key -> "loaded")),
                        task -> new Thread(task).start()));
            }
            for (CompletableFuture<String> caller : callers) {
                assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo("loaded");
            }
        }
    }

    @Test
    void poolOfTheApplicationThatWaitsLongerIsNotWaitedFor() throws Exception {
        var arrived = new CountDownLatch(1);
        var pool = new HangingPool();
        try (Cacheness cache = CachenessBuilder.at(directory)
                .metadataBackend(
                        PostgresqlMetadata.provider(pool.dataSource()).open(PostgresqlFixture.settings(Map.of())))
                .build()) {
            cache.put(KEY, "value");
            assertThat(cache.get(KEY)).contains("value");
            pool.hang(arrived);

            assertThat(timed(Duration.ofMillis(2_400), () -> cache.lookup(KEY))).isEqualTo(DOWN);
            assertThat(timed(AT_ONCE, () -> cache.lookup(KEY))).isEqualTo(DOWN);

            arrived.countDown();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cache.get(KEY)).contains("value"));
        }
    }

    private CachenessBuilder builder(FaultyProxy proxy) {
        Map<String, String> options = PostgresqlFixture.options("hanging");
        options.put("url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres");
        return CachenessBuilder.at(directory).metadataBackend("postgresql").metadataOptions(options);
    }

    private static <T> T timed(Duration limit, Supplier<T> action) {
        long start = System.nanoTime();
        try {
            return action.get();
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        }
    }

    /** As a pool that looks for a connection for half a minute. */
    private static final class HangingPool {

        private final PGSimpleDataSource connections = new PGSimpleDataSource();

        private volatile CountDownLatch arrival = new CountDownLatch(0);

        HangingPool() {
            connections.setURL(PostgresqlServer.url());
            connections.setUser(PostgresqlServer.USER);
        }

        void hang(CountDownLatch until) {
            arrival = until;
        }

        DataSource dataSource() {
            return (DataSource) Proxy.newProxyInstance(
                    DataSource.class.getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("getConnection")) {
                            arrival.await();
                        }
                        return method.invoke(connections, arguments);
                    });
        }
    }
}
