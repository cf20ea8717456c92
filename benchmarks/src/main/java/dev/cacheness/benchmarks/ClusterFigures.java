package dev.cacheness.benchmarks;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.engine.MemoryLayerSettings;
import dev.cacheness.engine.MemoryPolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two nodes on one PostgreSQL: how soon waiting callers are answered, how soon a change is seen, and what telling of changes costs. Not a JMH benchmark,
 * because what counts is the time between two things that happen in different threads.
 *
 * <p>Starts a server that waits for its disk, as one in use does.
 */
public final class ClusterFigures {

    private static final Logger log = LoggerFactory.getLogger(ClusterFigures.class);

    private static final int CALLERS = 64;

    private static final int LOADS = Integer.getInteger("loads", 200);

    private static final int LOADS_TO_WARM_UP = 20;

    private static final int CHANGES = Integer.getInteger("changes", 1_000);

    private static final int WRITERS = 8;

    private static final int CALLS_OF_EACH = Integer.getInteger("calls", 1_000);

    private ClusterFigures() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
            try (var directory = new ScratchDirectory();
                    Cacheness one = node(directory.path(), url);
                    Cacheness other = node(directory.path(), url)) {
                answers(one, other);
                changes(one, other);
                log.info("puts that replace: {} a second", each(one, "written", ClusterFigures::replace));
                loads(one);
                log.info("puts of new keys: {} a second", each(one, "new", ClusterFigures::putNew));
                log.info("a row with 200 bytes takes {} bytes", bytesOfARow(url));
                each(one, "new", ClusterFigures::get);
                log.info("gets from the heap: {} a second", each(one, "new", ClusterFigures::get));
                try (Cacheness bare = builder(directory.path(), url).build()) {
                    each(bare, "new", ClusterFigures::get);
                    log.info("gets from the database: {} a second", each(bare, "new", ClusterFigures::get));
                }
            }
        }
    }

    private static CachenessBuilder builder(Path directory, String url) {
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(Map.of("url", url, "username", "postgres", "pool-size", "16"));
    }

    private static Cacheness node(Path directory, String url) {
        return builder(directory, url)
                .memoryLayer(new MemoryLayerSettings(MemoryPolicy.LRU, 10_000, Duration.ofHours(1), false))
                .loadScope(LoadScope.CLUSTER)
                .build();
    }

    /** From the end of the load until the last of all callers, on both nodes, has its answer. */
    private static void answers(Cacheness one, Cacheness other) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
        long[] nanos = new long[LOADS];
        var loads = new AtomicInteger();
        try {
            for (int round = -LOADS_TO_WARM_UP; round < LOADS; round++) {
                CacheKey<String> key = CacheKey.of("load", round).as(String.class);
                var endOfLoad = new AtomicLong();
                var start = new CyclicBarrier(CALLERS);
                List<Callable<Long>> calls = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    Cacheness node = caller % 2 == 0 ? one : other;
                    calls.add(() -> {
                        start.await();
                        node.getOrCompute(key, missing -> {
                            loads.incrementAndGet();
                            LockSupport.parkNanos(100_000_000);
                            endOfLoad.set(System.nanoTime());
                            return "loaded";
                        });
                        return System.nanoTime();
                    });
                }
                long last = 0;
                for (Future<Long> call : executor.invokeAll(calls)) {
                    last = Math.max(last, call.get());
                }
                if (round >= 0) {
                    nanos[round] = last - endOfLoad.get();
                }
            }
        } finally {
            executor.shutdownNow();
        }
        log.info(
                "{} callers on two nodes, {} keys: {} loads; last answer after the end of a load {}",
                CALLERS,
                LOADS_TO_WARM_UP + LOADS,
                loads,
                spread(nanos));
    }

    /** From the acknowledgement of a change on one node until the other one, which had the row on its heap, shows it. */
    private static void changes(Cacheness one, Cacheness other) {
        CacheKey<String> key = CacheKey.of("changed", 1).as(String.class);
        long[] replaced = new long[CHANGES];
        long[] gone = new long[CHANGES];
        for (int round = 0; round < CHANGES; round++) {
            String value = "value " + round;
            one.put(key, value);
            replaced[round] = nanosUntil(other, key, Optional.of(value));
            one.invalidate(key);
            gone[round] = nanosUntil(other, key, Optional.empty());
        }
        log.info("replacement seen by the other node after {}", spread(replaced));
        log.info("invalidation seen by the other node after {}", spread(gone));
    }

    private static long nanosUntil(Cacheness node, CacheKey<String> key, Optional<String> expected) {
        long start = System.nanoTime();
        while (!node.get(key).equals(expected)) {
            LockSupport.parkNanos(20_000);
        }
        return System.nanoTime() - start;
    }

    private static void replace(Cacheness cache, CacheKey<byte[]> key, int round) {
        cache.put(key, value(round));
    }

    private static void putNew(Cacheness cache, CacheKey<byte[]> key, int round) {
        cache.put(nth(key, round), value(round));
    }

    private static void get(Cacheness cache, CacheKey<byte[]> key, int round) {
        cache.get(nth(key, round)).orElseThrow();
    }

    private static CacheKey<byte[]> nth(CacheKey<byte[]> key, int round) {
        return CacheKey.of("of", key.keyParameters().get("name"), "round", round)
                .as(byte[].class);
    }

    private static byte[] value(int seed) {
        byte[] bytes = new byte[200];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** How many calls a second several threads get done. */
    private static long each(Cacheness cache, String name, Call call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                CacheKey<byte[]> key = CacheKey.of("name", name + writer).as(byte[].class);
                work.add(() -> {
                    for (int round = 0; round < CALLS_OF_EACH; round++) {
                        call.on(cache, key, round);
                    }
                    return true;
                });
            }
            long start = System.nanoTime();
            for (Future<Boolean> done : executor.invokeAll(work)) {
                done.get();
            }
            return WRITERS * CALLS_OF_EACH * 1_000_000_000L / (System.nanoTime() - start);
        } finally {
            executor.shutdownNow();
        }
    }

    private static long bytesOfARow(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("vacuum full cacheness_entry");
            try (var row = statement.executeQuery(
                    "select pg_total_relation_size('cacheness_entry') / count(*) from cacheness_entry")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** What a load costs beside its loader, by one thread. */
    private static void loads(Cacheness cache) {
        long[] nanos = new long[CHANGES];
        for (int round = 0; round < CHANGES; round++) {
            CacheKey<String> key = CacheKey.of("quick", round).as(String.class);
            long start = System.nanoTime();
            cache.getOrCompute(key, missing -> "loaded");
            nanos[round] = System.nanoTime() - start;
        }
        log.info("load of a value that is there at once {}", spread(nanos));
    }

    private static String spread(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "p50 %.2f ms, p99 %.2f ms, max %.2f ms"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }

    @FunctionalInterface
    private interface Call {

        void on(Cacheness cache, CacheKey<byte[]> key, int round);
    }
}
