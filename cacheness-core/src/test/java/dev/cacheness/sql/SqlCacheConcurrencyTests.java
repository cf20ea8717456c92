package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqlCacheConcurrencyTests {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @TempDir
    private Path directory;

    private final MutableClock clock = new MutableClock("2024-06-01T12:00:00Z");

    private final ExecutorService callers = Executors.newCachedThreadPool();

    private final List<SqlCache<?>> open = new ArrayList<>();

    @AfterEach
    void close() {
        callers.shutdownNow();
        open.forEach(SqlCache::close);
    }

    private SqlCacheBuilder<Price> prices(DataFetcher<Price> source) {
        return SqlCache.builder(Price.class)
                .sqlite(directory.resolve("cache" + open.size() + ".db"))
                .clock(clock)
                .mergeGapsWithin(Duration.ZERO)
                .fetcher(source);
    }

    private SqlCache<Price> open(SqlCacheBuilder<Price> builder) {
        SqlCache<Price> cache = builder.build();
        open.add(cache);
        return cache;
    }

    private static SqlQuery<Price> days(SqlCache<Price> cache, int from, int to) {
        return cache.query().eq("symbol", "A").range(FIRST.plusDays(from), FIRST.plusDays(to));
    }

    private static FetchRange range(int from, int to) {
        return FetchRange.of(FIRST.plusDays(from), FIRST.plusDays(to));
    }

    /** A source that stands still at its first call until it is let go. */
    private static final class Gate {

        final CountDownLatch reached = new CountDownLatch(1);

        final CountDownLatch released = new CountDownLatch(1);

        private final AtomicInteger calls = new AtomicInteger();

        final RecordingSource<Price> source = new RecordingSource<>(Price::daily);

        Object fetch(FetchRequest request) throws Exception {
            if (calls.getAndIncrement() == 0) {
                reached.countDown();
                released.await();
            }
            return source.fetch(request);
        }
    }

    @Test
    void anOverlappingQueryFetchesOnlyTheRestAndWaits() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));

        Future<List<Price>> first = callers.submit(() -> days(cache, 0, 10).list());
        gate.reached.await();
        Future<List<Price>> second = callers.submit(() -> days(cache, 5, 15).list());
        await().until(() -> gate.source.calls().contains(range(10, 15)));

        assertThat(second.isDone()).isFalse();
        gate.released.countDown();
        assertThat(first.get()).hasSize(10);
        assertThat(second.get()).hasSize(10);
        assertThat(gate.source.calls()).containsExactlyInAnyOrder(range(10, 15), range(0, 10));
    }

    @Test
    void manyCallersOfOneRangeMakeOneCall() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));

        List<Future<List<Price>>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(callers.submit(() -> days(cache, 0, 10).list()));
        }
        gate.reached.await();
        gate.released.countDown();

        for (Future<List<Price>> one : all) {
            assertThat(one.get()).hasSize(10);
        }
        assertThat(gate.source.calls()).containsExactly(range(0, 10));
    }

    @Test
    void aFailedOwnerFailsThoseWhoWait() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));
        gate.source.fail();

        Future<List<Price>> owner = callers.submit(() -> days(cache, 0, 10).list());
        gate.reached.await();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<List<Price>> waiter = callers.submit(() -> {
            waiting.set(Thread.currentThread());
            return days(cache, 2, 4).list();
        });
        await().until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
        gate.released.countDown();

        assertThatThrownBy(owner::get).hasCauseInstanceOf(SqlCacheFetchException.class);
        assertThatThrownBy(waiter::get).hasCauseInstanceOf(SqlCacheFetchException.class);
        assertThat(gate.source.calls()).hasSize(1);
    }

    @Test
    void aCancelledOwnerLeavesTheWorkToThoseWhoWait() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread owner = new Thread(() -> {
            try {
                days(cache, 0, 10).list();
            } catch (SqlCacheException e) {
                thrown.set(e);
            }
        });
        owner.start();
        gate.reached.await();
        Future<List<Price>> waiter = callers.submit(() -> days(cache, 0, 10).list());

        owner.interrupt();
        owner.join();

        assertThat(thrown.get()).hasMessageContaining("interrupted");
        assertThat(waiter.get()).hasSize(10);
    }

    @Test
    void whatIsInvalidatedWhileItIsFetchedIsFetchedAnew() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));
        Future<List<Price>> first = callers.submit(() -> days(cache, 0, 10).list());
        gate.reached.await();

        days(cache, 3, 4).invalidate();
        gate.released.countDown();

        assertThat(first.get()).hasSize(10);
        assertThat(gate.source.calls()).containsExactly(range(0, 10), range(0, 10));
    }

    @Test
    void whatIsClearedWhileItIsFetchedIsFetchedAnew() throws Exception {
        Gate gate = new Gate();
        SqlCache<Price> cache = open(prices(gate::fetch));
        Future<List<Price>> first = callers.submit(() -> days(cache, 0, 10).list());
        gate.reached.await();

        cache.clear();
        gate.released.countDown();

        assertThat(first.get()).hasSize(10);
        assertThat(gate.source.calls()).hasSize(2);
    }

    @Test
    void aQueryThatIsInvalidatedAgainAndAgainGivesUp() {
        AtomicReference<SqlCache<Price>> cache = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        cache.set(open(prices(request -> {
            calls.incrementAndGet();
            cache.get().query().eq("symbol", "A").invalidate();
            return Price.daily(request);
        })));

        assertThatExceptionOfType(SqlCacheException.class)
                .isThrownBy(() -> days(cache.get(), 0, 5).list())
                .withMessageContaining("invalidated 3 times");
        assertThat(calls).hasValue(3);
    }

    @Test
    void aSourceThatAsksItsOwnCacheForTheSameIsRefused() {
        AtomicReference<SqlCache<Price>> cache = new AtomicReference<>();
        cache.set(open(prices(request -> days(cache.get(), 0, 5).list())));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> days(cache.get(), 0, 5).list())
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("wait for itself");
    }

    @Test
    void aSourceMayAskItsOwnCacheForSomethingElse() {
        AtomicReference<SqlCache<Price>> cache = new AtomicReference<>();
        cache.set(open(prices(request -> {
            if (request.string("symbol").equals("A")) {
                return cache.get().query().eq("symbol", "B").range(request.fromDate(), request.toDate()).list().stream()
                        .map(p -> Price.of("A", p.date()));
            }
            return Price.daily(request);
        })));

        assertThat(days(cache.get(), 0, 5).list())
                .hasSize(5)
                .allMatch(p -> p.symbol().equals("A"));
    }

    @Test
    void aSourceThatHangsIsGivenUp() {
        CountDownLatch interrupted = new CountDownLatch(1);
        SqlCache<Price> cache = open(prices(request -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return List.of();
                })
                .fetchTimeout(Duration.ofMillis(100)));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> days(cache, 0, 5).list())
                .withMessageContaining("fetch-timeout");
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void noMoreCallsRunAtATimeThanMay() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SqlCache<Price> cache = open(prices(request -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS);
                        return Price.daily(request);
                    } finally {
                        running.decrementAndGet();
                    }
                })
                .maxFetchSpan(Period.ofDays(1))
                .fetchParallelism(3));

        assertThat(days(cache, 0, 40).list()).hasSize(40);
        assertThat(most.get()).isBetween(2, 3);
    }

    @Test
    void randomQueriesOfManyThreadsNeverFetchADayTwiceAndAlwaysGetAllRows() throws Exception {
        long seed = new Random().nextLong();
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            Random random = new Random(seed + t);
            all.add(callers.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    int from = random.nextInt(100);
                    int to = from + 1 + random.nextInt(30);
                    assertThat(days(cache, from, to).list()).hasSize(to - from);
                }
                return null;
            }));
        }
        get(all, seed);

        List<LocalDate> fetched = source.calls().stream()
                .flatMap(call -> ((LocalDate) call.from()).datesUntil((LocalDate) call.to()))
                .toList();
        assertThat(fetched).as("seed " + seed).doesNotHaveDuplicates();
    }

    private static void get(List<Future<?>> all, long seed) throws InterruptedException {
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed, e.getCause());
            }
        }
    }

    @Test
    void aClosedCacheRefusesToAnswer() throws IOException {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)));
        days(cache, 0, 5).list();

        cache.close();
        cache.close();

        assertThatExceptionOfType(dev.cacheness.CacheClosedException.class)
                .isThrownBy(() -> days(cache, 0, 5).list());
    }
}
