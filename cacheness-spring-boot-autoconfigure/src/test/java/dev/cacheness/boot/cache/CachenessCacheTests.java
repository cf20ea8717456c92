package dev.cacheness.boot.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.PutFailures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.interceptor.SimpleKey;
import reactor.core.scheduler.Schedulers;

@ExtendWith(OutputCaptureExtension.class)
class CachenessCacheTests {

    private Cacheness cacheness;

    private CachenessCache cache;

    @BeforeEach
    void setUp() {
        cacheness = CachenessBuilder.inMemory().build();
        cache = cache("users", true);
    }

    @AfterEach
    void tearDown() {
        cacheness.close();
    }

    @Test
    void putIsReadBack() {
        cache.put(1L, "ada");

        assertThat(cache.get(1L).get()).isEqualTo("ada");
        assertThat(cache.get(1L, String.class)).isEqualTo("ada");
        assertThat(cache.get(2L)).isNull();
    }

    @Test
    void putThatFailsRemovesTheFormerValue() {
        cache.put("k", "former");

        cache.put("k", Thread.currentThread());

        assertThat(cache.get("k")).isNull();
        assertThat(cache.toleratedFailures()).isEqualTo(1);
    }

    @Test
    void putFailuresAreTheCallersIfThePolicyWantsThat() {
        cacheness.close();
        cacheness = CachenessBuilder.inMemory()
                .policy(
                        "users",
                        CachePolicy.builder().putFailures(PutFailures.THROW).build())
                .build();
        cache = cache("users", true);
        Thread value = Thread.currentThread();

        assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> cache.put("k", value));
        assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> cache.get("k", () -> value));
        assertThat(cache.retrieve("k", () -> CompletableFuture.completedFuture(value)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(CacheSerializationException.class);
        assertThat(cache.get("k", () -> "fits")).isEqualTo("fits");
    }

    @Test
    void cachedNullIsAHit() {
        cache.put("k", null);

        ValueWrapper wrapper = cache.get("k");
        assertThat(wrapper).isNotNull();
        assertThat(wrapper.get()).isNull();
        assertThat(cache.get("k", () -> "loaded")).isNull();
    }

    @Test
    void loadThatExceedsTheLimitOfThePolicyIsNotRunAgainByItsCaller() {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (Cacheness limited = CachenessBuilder.inMemory()
                .policy(
                        "users",
                        CachePolicy.builder().hardTimeout(Duration.ofMillis(20)).build())
                .build()) {
            Cache slow = new CachenessCacheManager(limited, Runnable::run).getCache("users");

            assertThatExceptionOfType(CacheLoadTimeoutException.class)
                    .isThrownBy(() -> slow.get("k", () -> {
                        go.await();
                        return loads.incrementAndGet();
                    }));
            go.countDown();
            await().until(() -> slow.get("k") != null);
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void nullIsRefusedWhereNullsAreNotAllowed() {
        Cache strict = cache("strict", false);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> strict.put("k", null));
        assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> strict.get("k", () -> null));
        assertThat(strict.get("k")).isNull();
    }

    @Test
    void cachesAreApart() {
        CachenessCache other = cache("others", true);
        cache.put("k", "mine");
        other.put("k", "theirs");

        other.clear();

        assertThat(cache.get("k").get()).isEqualTo("mine");
        assertThat(other.get("k")).isNull();
    }

    @Test
    void keysOfSeveralArgumentsCountByTheArguments() {
        cache.put(new SimpleKey("a, b", "c"), "first");

        assertThat(cache.get(new SimpleKey("a", "b, c"))).isNull();
        assertThat(cache.get(new SimpleKey("a, b", "c")).get()).isEqualTo("first");
        assertThat(cache.get(List.of("a, b", "c"))).isNull();
        assertThat(cache.get(new SimpleKey("a, b", "c", null))).isNull();
        assertThat(cache.get(SimpleKey.EMPTY)).isNull();
    }

    @Test
    void emptyKeyAndNullArgumentAreKeys() {
        cache.put(SimpleKey.EMPTY, "none");
        cache.put(new SimpleKey(new Object[] {null}), "null");

        assertThat(cache.get(SimpleKey.EMPTY).get()).isEqualTo("none");
        assertThat(cache.get(new SimpleKey(new Object[] {null})).get()).isEqualTo("null");
    }

    @Test
    void entryIsFoundThroughTheCacheToo() {
        cache.put(7, "seven");

        assertThat(cacheness.get(CacheKey.in("users", Map.of("key", 7)))).contains("seven");
    }

    @Test
    void loaderRunsOnceForManyThreads() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return cache.get("k", () -> "value " + calls.incrementAndGet());
                }));
            }

            start.countDown();

            for (Future<String> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("value 1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void failureOfALoaderIsWrappedAndNotKept() {
        Callable<String> failing = () -> {
            throw new IOException("no network");
        };

        assertThatExceptionOfType(ValueRetrievalException.class)
                .isThrownBy(() -> cache.get("k", failing))
                .withCauseInstanceOf(IOException.class);
        assertThat(cache.get("k", () -> "second")).isEqualTo("second");
    }

    @Test
    void putIfAbsentAnswersWithWhatIsThere() {
        assertThat(cache.putIfAbsent("k", "first")).isNull();
        assertThat(cache.putIfAbsent("k", "second").get()).isEqualTo("first");
        assertThat(cache.putIfAbsent("null", null)).isNull();
        ValueWrapper present = cache.putIfAbsent("null", "second");
        assertThat(present).isNotNull();
        assertThat(present.get()).isNull();
    }

    @Test
    void removalsAnswerExactly() {
        cache.put("k", "v");

        assertThat(cache.evictIfPresent("k")).isTrue();
        assertThat(cache.evictIfPresent("k")).isFalse();
        assertThat(cache.invalidate()).isFalse();
        cache.put("k", "v");
        assertThat(cache.invalidate()).isTrue();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void untrustedClassIsReportedOnceAndNeverReachesTheCaller(CapturedOutput output) {
        Object untrusted = new Untrusted("x");

        cache.put("a", untrusted);
        cache.put("b", untrusted);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.toleratedFailures()).isEqualTo(2);
        assertThat(output.getOut().lines().filter(line -> line.contains("'users'")))
                .singleElement()
                .asString()
                .contains("cacheness.handlers.trusted-packages")
                .contains(Untrusted.class.getName());
    }

    @Test
    void untrustedClassIsReturnedBySynchronizedLoads() {
        Untrusted untrusted = new Untrusted("x");

        assertThat(cache.get("a", () -> untrusted)).isSameAs(untrusted);
        assertThat(cache.get("a", () -> untrusted)).isSameAs(untrusted);
    }

    @Test
    void keyThatCannotBeOneIsAMissAndTheLoaderRuns() {
        Thread impossible = new Thread("a key");

        cache.put(impossible, "value");

        assertThat(cache.get(impossible)).isNull();
        assertThat(cache.get(impossible, () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.toleratedFailures()).isEqualTo(3);
    }

    @Test
    void closedCacheMissesAndDropsWritesWithOneWarningEach(CapturedOutput output) {
        cache.put("k", "v");
        cacheness.close();

        cache.put("a", "v");
        cache.put("b", 1);

        assertThat(cache.get("k")).isNull();
        assertThat(cache.get("l")).isNull();
        assertThat(cache.get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.putIfAbsent("k", "v")).isNull();
        assertThat(cache.retrieve("k", () -> CompletableFuture.completedFuture("async")))
                .isCompletedWithValue("async");
        assertThat(output.getOut().lines().filter(line -> line.contains("'users'")))
                .hasSize(2);
    }

    @Test
    void removalFromAClosedCacheFailsForItWouldBeLost() {
        cacheness.close();

        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.evict("k"));
        assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> cache.clear());
    }

    @Test
    void retrieveAnswersAtOnceOnABlockingThread() {
        cache.put("k", "v");
        cache.put("null", null);

        assertThat(((ValueWrapper) cache.retrieve("k").join()).get()).isEqualTo("v");
        assertThat(((ValueWrapper) cache.retrieve("null").join()).get()).isNull();
        assertThat(cache.retrieve("absent")).isNull();
    }

    @Test
    void retrieveLoadsOnTheThreadOfTheCallerAndKeepsTheResult() {
        List<Thread> threads = new ArrayList<>();

        CompletableFuture<String> first = cache.retrieve("k", () -> {
            threads.add(Thread.currentThread());
            return CompletableFuture.completedFuture("loaded");
        });

        assertThat(first).isCompletedWithValue("loaded");
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(cache.get("k").get()).isEqualTo("loaded");
    }

    @Test
    void retrieveSharesALoadThatIsUnderWay() {
        CompletableFuture<String> source = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();

        CompletableFuture<String> first = cache.retrieve("k", () -> {
            calls.incrementAndGet();
            return source;
        });
        CompletableFuture<String> second = cache.retrieve("k", () -> {
            calls.incrementAndGet();
            return source;
        });
        source.complete("loaded");

        assertThat(first).isCompletedWithValue("loaded");
        assertThat(second).isCompletedWithValue("loaded");
        assertThat(calls).hasValue(1);
    }

    @Test
    void failedRetrieveIsNotKept() {
        CompletableFuture<String> failed =
                cache.retrieve("k", () -> CompletableFuture.failedFuture(new IOException("no network")));

        assertThat(failed).isCompletedExceptionally();
        assertThat(cache.retrieve("k", () -> CompletableFuture.completedFuture("second")))
                .isCompletedWithValue("second");
    }

    @Test
    void asynchronousLoadThatBeganBeforeAnEvictionIsNotKept() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> load = cache.retrieve("k", () -> source);

        cache.evict("k");
        source.complete("stale");

        assertThat(load).isCompletedWithValue("stale");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void asynchronousLoadThatBeganBeforeAClearIsNotKept() {
        CompletableFuture<String> source = new CompletableFuture<>();
        cache.retrieve("k", () -> source);

        cache.clear();
        source.complete("stale");

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void putOnANonBlockingThreadIsHandedOnAndAnEvictionCancelsIt() throws Exception {
        ConcurrentLinkedQueue<Runnable> handedOn = new ConcurrentLinkedQueue<>();
        CachenessCache reactive = new CachenessCache("reactive", cacheness, true, handedOn::add);

        onNonBlockingThread(() -> reactive.put("k", "v"));
        assertThat(reactive.get("k")).isNull();
        onNonBlockingThread(() -> reactive.put("gone", "v"));
        reactive.evict("gone");
        handedOn.forEach(Runnable::run);

        assertThat(handedOn).hasSize(2);
        assertThat(reactive.get("k").get()).isEqualTo("v");
        assertThat(reactive.get("gone")).isNull();
    }

    @Test
    void retrieveOnANonBlockingThreadIsAnsweredByTheExecutor() throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        cache.put("k", "v");

        onNonBlockingThread(() -> cache.retrieve("k").thenAccept(answer::complete));

        assertThat(((ValueWrapper) answer.get(10, TimeUnit.SECONDS)).get()).isEqualTo("v");
    }

    private static void onNonBlockingThread(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, command -> Schedulers.parallel().schedule(command))
                .get(10, TimeUnit.SECONDS);
    }

    private CachenessCache cache(String name, boolean allowNullValues) {
        return new CachenessCache(name, cacheness, allowNullValues, ForkJoinPool.commonPool());
    }

    record Untrusted(String text) {}
}
