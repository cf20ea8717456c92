package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetOrComputeTests {

    private static final int CALLERS = 16;

    private static final CacheKey<String> KEY = CacheKey.of("key", 1).as(String.class);

    private static final CacheKey<String> OTHER = CacheKey.of("key", 2).as(String.class);

    private final Cacheness cache = CachenessBuilder.inMemory().build();

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void close() {
        callers.shutdownNow();
        cache.close();
    }

    @Test
    void oneOfManyCallersLoadsAndAllGetItsValue() throws Exception {
        var loads = new AtomicInteger();
        var waiting = new CountDownLatch(CALLERS);

        List<Future<String>> answers = callAtOnce(() -> {
            waiting.countDown();
            return cache.getOrCompute(KEY, key -> {
                await().until(() -> waiting.getCount() == 0);
                return "value" + loads.incrementAndGet();
            });
        });

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("value1");
        }
        assertThat(loads).hasValue(1);
        assertThat(cache.stats().loads()).isEqualTo(1);
    }

    @Test
    void whatTheLoaderThrowsReachesEveryWaiterUnchangedAndNothingIsStored() throws Exception {
        var failure = new IOException("source is down");
        var waiting = new CountDownLatch(CALLERS);

        List<Future<String>> answers = callAtOnce(() -> {
            waiting.countDown();
            return cache.getOrCompute(KEY, key -> {
                await().until(() -> waiting.getCount() == 0);
                throw failure;
            });
        });

        for (Future<String> answer : answers) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(answer::get)
                    .havingCause()
                    .isSameAs(failure);
        }
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.stats().loadFailures()).isPositive();
        assertThat(cache.getOrCompute(KEY, key -> "now it works")).isEqualTo("now it works");
    }

    @Test
    void loadThatBeganBeforeAnInvalidationIsNotStored() {
        for (Runnable invalidation : List.<Runnable>of(
                () -> cache.invalidate(KEY),
                cache::clear,
                () -> cache.invalidateNamespace(""),
                () -> cache.invalidateAll(List.of(KEY)))) {
            String value = cache.getOrCompute(KEY, key -> {
                invalidation.run();
                return "stale";
            });

            assertThat(value).isEqualTo("stale");
            assertThat(cache.exists(KEY)).isFalse();
        }
    }

    @Test
    void loaderThatAsksForItsOwnKeyIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> cache.getOrCompute(key, again -> "never")))
                .withMessageContaining("asks for the key that it is loading");
        assertThat(cache.getOrCompute(KEY, key -> "fine")).isEqualTo("fine");
    }

    @Test
    void loaderMayAskForAnotherKey() {
        String value = cache.getOrCompute(KEY, key -> cache.getOrCompute(OTHER, other -> "b") + "a");

        assertThat(value).isEqualTo("ba");
    }

    @Test
    void loadersThatWaitForEachOtherDoNotWaitForEver() throws Exception {
        var barrier = new CyclicBarrier(2);

        Future<String> first = callers.submit(() -> cache.getOrCompute(KEY, key -> {
            barrier.await();
            return cache.getOrCompute(OTHER, other -> "b");
        }));
        Future<String> second = callers.submit(() -> cache.getOrCompute(OTHER, key -> {
            barrier.await();
            return cache.getOrCompute(KEY, other -> "a");
        }));

        List<Throwable> failures = new ArrayList<>();
        for (Future<String> answer : List.of(first, second)) {
            try {
                answer.get();
            } catch (ExecutionException ex) {
                failures.add(ex.getCause());
            }
        }
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void interruptedWaiterGetsTheValueAndStaysInterrupted() throws Exception {
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        callers.submit(() -> cache.getOrCompute(KEY, key -> {
            loading.countDown();
            go.await();
            return "value";
        }));
        loading.await();

        var waiter = new ArrayList<Object>();
        var thread = new Thread(() -> {
            waiter.add(cache.getOrCompute(KEY, key -> "other"));
            waiter.add(Thread.currentThread().isInterrupted());
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        go.countDown();
        thread.join();

        assertThat(waiter).containsExactly("value", true);
    }

    @Test
    void loaderMustNotReturnNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> cache.getOrCompute(KEY, key -> null))
                .withMessageContaining("null");
    }

    @Test
    void optionsOfTheLoadHold() {
        cache.getOrCompute(KEY, key -> "a", PutOption.description("loaded"));

        assertThat(cache.metadata(KEY).orElseThrow().description()).isEqualTo("loaded");
    }

    private <T> List<Future<T>> callAtOnce(Callable<T> call) {
        List<Future<T>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(callers.submit(call));
        }
        return answers;
    }
}
