package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.spi.LoadLeases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two caches on one index, as two processes have them, with loads that are to happen once. */
abstract class ClusterLoadsContract {

    private static final int CALLERS = 64;

    private static final Duration LEASE = CachenessBuilder.MIN_LOAD_LEASE;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    private Cacheness one;

    private Cacheness other;

    /** A builder for the one index, which is empty at first. */
    abstract CachenessBuilder builder();

    @BeforeEach
    void open() {
        one = open(LoadScope.CLUSTER);
        other = open(LoadScope.CLUSTER);
    }

    private Cacheness open(LoadScope scope) {
        return builder().loadScope(scope).loadLease(LEASE).build();
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        one.close();
        other.close();
    }

    @Test
    void manyCallersOfBothLoadOnce() throws Exception {
        var loads = new AtomicInteger();
        var loadedAt = new AtomicLong();
        var start = new CyclicBarrier(CALLERS);
        List<Callable<Long>> calls = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Cacheness cache = caller % 2 == 0 ? one : other;
            calls.add(() -> {
                start.await();
                String value = cache.getOrCompute(key("hot"), key -> {
                    loads.incrementAndGet();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                    loadedAt.set(System.nanoTime());
                    return "loaded";
                });
                assertThat(value).isEqualTo("loaded");
                return System.nanoTime();
            });
        }

        long last = 0;
        for (Future<Long> call : executor.invokeAll(calls)) {
            last = Math.max(last, call.get());
        }

        assertThat(loads).hasValue(1);
        // 20 ms on a quiet machine; a lease that was waited for would take more than this.
        assertThat(Duration.ofNanos(last - loadedAt.get())).isLessThan(LEASE.minusMillis(100));
    }

    @Test
    void keysOfManyThatTheOtherLoadsAreLeftToIt() throws Exception {
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        List<Set<CacheKey<String>>> asked = new CopyOnWriteArrayList<>();
        Future<Map<CacheKey<String>, String>> first =
                executor.submit(() -> one.getAllOrCompute(List.of(key("a"), key("b")), missing -> {
                    loading.countDown();
                    go.await();
                    asked.add(missing);
                    return values(missing, "first");
                }));
        loading.await();
        Future<Map<CacheKey<String>, String>> second =
                executor.submit(() -> other.getAllOrCompute(List.of(key("b"), key("c")), missing -> {
                    asked.add(missing);
                    return values(missing, "second");
                }));
        await().until(() -> one.exists(key("c")));
        go.countDown();

        assertThat(first.get()).isEqualTo(Map.of(key("a"), "first", key("b"), "first"));
        assertThat(second.get()).isEqualTo(Map.of(key("b"), "first", key("c"), "second"));
        assertThat(asked).containsExactly(Set.of(key("c")), Set.of(key("a"), key("b")));
    }

    @Test
    void manyKeysThatTheOtherHasFailedToLoadAreLoadedHere() throws Exception {
        var loading = new CountDownLatch(1);
        var fail = new CountDownLatch(1);
        Future<?> failing = executor.submit(() -> one.getAllOrCompute(List.of(key("a"), key("b")), missing -> {
            loading.countDown();
            fail.await();
            throw new IllegalStateException("no answer");
        }));
        loading.await();
        Future<Map<CacheKey<String>, String>> waiting = executor.submit(
                () -> other.getAllOrCompute(List.of(key("a"), key("b")), missing -> values(missing, "second")));

        fail.countDown();

        assertThat(waiting.get()).isEqualTo(Map.of(key("a"), "second", key("b"), "second"));
        assertThatThrownBy(failing::get).hasRootCauseMessage("no answer");
    }

    private static Map<CacheKey<String>, String> values(Set<CacheKey<String>> keys, String value) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    }

    @Test
    void loadThatFailsIsTriedByTheOther() throws Exception {
        var loading = new CountDownLatch(1);
        var fail = new CountDownLatch(1);
        Future<String> failing = executor.submit(() -> one.getOrCompute(key("k"), key -> {
            loading.countDown();
            fail.await();
            throw new IllegalStateException("no answer");
        }));
        loading.await();
        Future<String> waiting = executor.submit(() -> other.getOrCompute(key("k"), key -> "second"));

        fail.countDown();

        assertThat(waiting.get()).isEqualTo("second");
        assertThatThrownBy(failing::get).hasRootCauseMessage("no answer");
        assertThat(one.get(key("k"))).contains("second");
    }

    @Test
    void loadThatTakesLongerThanALeaseKeepsIt() throws Exception {
        var loading = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Future<String> slow = executor.submit(() -> one.getOrCompute(key("k"), key -> {
            loading.countDown();
            end.await();
            return "slow";
        }));
        loading.await();
        Future<String> waiting = executor.submit(() -> other.getOrCompute(key("k"), key -> "other"));
        LockSupport.parkNanos(LEASE.multipliedBy(2).toNanos());

        assertThat(waiting).isNotDone();
        end.countDown();

        assertThat(slow.get()).isEqualTo("slow");
        assertThat(waiting.get()).isEqualTo("slow");
    }

    @Test
    void deadHolderIsFollowedWhenItsLeaseHasEnded() {
        String digest = other.put(key("k"), "to find the digest");
        other.invalidate(key("k"));
        other.unwrap(LoadLeases.class).orElseThrow().claim(digest, LEASE).orElseThrow();

        String value = one.getOrCompute(key("k"), key -> "loaded");

        assertThat(value).isEqualTo("loaded");
        assertThat(other.get(key("k"))).contains("loaded");
    }

    @Test
    void loadsThatWaitForEachOtherEnd() throws Exception {
        var both = new CyclicBarrier(2);
        Future<String> first = executor.submit(() -> one.getOrCompute(key("a"), a -> {
            both.await();
            return "a+" + one.getOrCompute(key("b"), b -> "b of one");
        }));
        Future<String> second = executor.submit(() -> other.getOrCompute(key("b"), b -> {
            both.await();
            return "b+" + other.getOrCompute(key("a"), a -> "a of other");
        }));

        assertThat(first.get(20, TimeUnit.SECONDS)).startsWith("a+b");
        assertThat(second.get(20, TimeUnit.SECONDS)).startsWith("b+a");
    }

    @Test
    void withinTheProcessOnlyEachLoads() throws Exception {
        var loading = new CyclicBarrier(2);
        try (Cacheness third = open(LoadScope.PROCESS);
                Cacheness fourth = open(LoadScope.PROCESS)) {
            Future<String> first = executor.submit(() -> third.getOrCompute(key("k"), key -> {
                loading.await();
                return "third";
            }));

            String second = fourth.getOrCompute(key("k"), key -> {
                loading.await();
                return "fourth";
            });

            assertThat(second).isEqualTo("fourth");
            assertThat(first.get()).isEqualTo("third");
        }
    }

    @Test
    void leaseThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> builder().loadLease(Duration.ofMillis(1)).build())
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cacheness.load.lease");
    }

    private static CacheKey<String> key(String name) {
        return CacheKey.of("name", name).as(String.class);
    }
}
