package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two caches on one database, which know of each other by the database alone, as two processes do. */
abstract class SqlCacheLeaseContract {

    private final MutableClock clock = new MutableClock("2024-06-01T12:00:00Z");

    private final ExecutorService callers = Executors.newCachedThreadPool();

    private final List<SqlCache<?>> open = new ArrayList<>();

    private final CountDownLatch reached = new CountDownLatch(1);

    private final CountDownLatch released = new CountDownLatch(1);

    private final RecordingSource<Price> slow = new RecordingSource<>(Price::daily);

    private final RecordingSource<Price> other = new RecordingSource<>(Price::daily);

    private SqlCache<Price> first;

    private SqlCache<Price> second;

    abstract <T> SqlCacheBuilder<T> store(SqlCacheBuilder<T> builder);

    @BeforeEach
    void open() {
        first = open(prices(request -> {
            reached.countDown();
            released.await();
            return slow.fetch(request);
        }));
        second = open(prices(other));
    }

    private SqlCacheBuilder<Price> prices(DataFetcher<Price> source) {
        return store(SqlCache.builder(Price.class))
                .fetcher(source)
                .clock(clock)
                .mergeGapsWithin(Duration.ZERO)
                .crossProcess(true);
    }

    private SqlCache<Price> open(SqlCacheBuilder<Price> builder) {
        SqlCache<Price> cache = builder.build();
        open.add(cache);
        return cache;
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        open.forEach(SqlCache::close);
    }

    private static SqlQuery<Price> january(SqlCache<Price> cache, int from, int to) {
        return SqlCacheFixture.january(cache, "A", from, to);
    }

    @Test
    void whatAnotherProcessIsFetchingIsWaitedFor() throws Exception {
        Future<List<Price>> owner = callers.submit(() -> january(first, 1, 10).list());
        reached.await();
        Future<List<Price>> waiter = callers.submit(() -> january(second, 5, 15).list());
        await().until(() -> other.calls().contains(SqlCacheFixture.days(11, 16)));

        assertThat(waiter.isDone()).isFalse();
        released.countDown();

        assertThat(owner.get()).isEqualTo(SqlCacheFixture.expected("A", 1, 10));
        assertThat(waiter.get()).isEqualTo(SqlCacheFixture.expected("A", 5, 15));
        assertThat(slow.calls()).containsExactly(SqlCacheFixture.days(1, 11));
        assertThat(other.calls()).containsExactly(SqlCacheFixture.days(11, 16));
    }

    @Test
    void otherPartitionsAreNotWaitedFor() throws Exception {
        callers.submit(() -> january(first, 1, 10).list());
        reached.await();

        assertThat(SqlCacheFixture.january(second, "B", 1, 10).list()).hasSize(10);
        released.countDown();
    }

    @Test
    void whatTheOtherProcessCouldNotFetchIsFetchedHere() throws Exception {
        slow.fail();
        Future<List<Price>> owner = callers.submit(() -> january(first, 1, 10).list());
        reached.await();
        Future<List<Price>> waiter = callers.submit(() -> january(second, 1, 10).list());
        released.countDown();

        assertThat(waiter.get()).hasSize(10);
        assertThat(other.calls()).containsExactly(SqlCacheFixture.days(1, 11));
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class).isThrownBy(owner::get);
    }

    @Test
    void whatFailedInOneProcessIsNotTriedByTheOthersForAWhile() throws Exception {
        SqlCache<Price> failing = open(prices(request -> {
                    reached.countDown();
                    released.await();
                    return slow.fetch(request);
                })
                .errorTtl(Duration.ofHours(1)));
        SqlCache<Price> waiting = open(prices(other).errorTtl(Duration.ofHours(1)));
        slow.fail();
        Future<List<Price>> owner = callers.submit(() -> january(failing, 1, 10).list());
        reached.await();
        Future<List<Price>> waiter =
                callers.submit(() -> january(waiting, 1, 10).list());
        awaitLook(waiting);
        released.countDown();

        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class).isThrownBy(owner::get);
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(waiter::get)
                .havingCause()
                .isInstanceOf(SqlCacheFetchException.class)
                .withMessageContaining("another process")
                .withMessageContaining("source is down");
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(waiting, 9, 12).list());
        assertThat(january(waiting, 11, 12).list()).hasSize(2);
        assertThat(other.calls()).containsExactly(SqlCacheFixture.days(11, 13));
        waiting.query()
                .eq("symbol", "A")
                .between(SqlCacheFixture.jan(1), SqlCacheFixture.jan(1))
                .invalidate();
        assertThat(january(waiting, 1, 10).list()).hasSize(10);
    }

    @Test
    void rowsThatExpireAtOnceCountForThoseWhoWaited() throws Exception {
        SqlCache<Price> hot = open(prices(request -> {
                    reached.countDown();
                    released.await();
                    return slow.fetch(request);
                })
                .hotWindow(Period.ofYears(10), Duration.ZERO));
        SqlCache<Price> waiting = open(prices(other).hotWindow(Period.ofYears(10), Duration.ZERO));
        Future<List<Price>> owner = callers.submit(() -> january(hot, 1, 10).list());
        reached.await();
        Future<List<Price>> waiter =
                callers.submit(() -> january(waiting, 1, 10).list());
        awaitLook(waiting);
        released.countDown();

        assertThat(waiter.get()).hasSize(10);
        assertThat(owner.get()).hasSize(10);
        assertThat(other.calls()).isEmpty();
    }

    /** Until the query has seen that another process fetches: it has then looked for leases once. */
    private void awaitLook(SqlCache<Price> cache) {
        await().until(() -> cache.context().counters.waits.sum() > 0);
    }

    @Test
    void whatADeadProcessWasFetchingIsFetchedWhenItsLeaseEnds() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        SqlCache<Price> dying = open(prices(request -> {
                    calls.incrementAndGet();
                    reached.countDown();
                    released.await();
                    return List.of();
                })
                .lease(Duration.ofMillis(1_500)));
        Future<List<Price>> owner = callers.submit(() -> january(dying, 1, 10).list());
        reached.await();
        // Its thread no longer renews: as if the process had ended, but for the database connections.
        owner.cancel(true);
        dying.context().store.close();

        assertThat(january(second, 1, 10).list()).hasSize(10);
        assertThat(other.calls()).containsExactly(SqlCacheFixture.days(1, 11));
        assertThat(calls).hasValue(1);
        released.countDown();
    }

    @Test
    void leasesAreRenewedWhileTheSourceIsSlow() throws Exception {
        SqlCache<Price> renewing = open(prices(request -> {
                    reached.countDown();
                    released.await();
                    return slow.fetch(request);
                })
                .lease(Duration.ofMillis(900)));
        Future<List<Price>> owner =
                callers.submit(() -> january(renewing, 1, 10).list());
        reached.await();
        Future<List<Price>> waiter = callers.submit(() -> january(second, 1, 10).list());
        awaitLook(second);
        await().pollDelay(Duration.ofMillis(2_000)).until(() -> !waiter.isDone());
        released.countDown();

        assertThat(owner.get()).hasSize(10);
        assertThat(waiter.get()).hasSize(10);
        assertThat(other.calls()).isEmpty();
    }

    @Test
    void noLeaseIsLeftBehind() throws Exception {
        released.countDown();
        january(first, 1, 10).list();
        slow.fail();
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(first, 20, 25).list());

        long left = first.context().store.readOnce(session -> {
            try (var rows = session.prepare("select count(*) from cn_lease").executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });

        assertThat(left).isZero();
    }
}
