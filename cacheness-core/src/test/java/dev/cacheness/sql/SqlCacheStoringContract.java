package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.sql.SqlCacheResult.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is stored and how, whatever database the cache is kept in. */
abstract class SqlCacheStoringContract extends SqlCacheFixture {

    record Amount(@RangeKey long id, BigDecimal amount) {}

    record Order(@RangeKey long id, String customer) {}

    record User(@PartitionKey int id, String name) {}

    private static Stream<Order> orders(FetchRequest request) {
        return LongStream.range(request.fromId(), request.toId()).mapToObj(id -> new Order(id, "c" + id % 7));
    }

    @Test
    void decimalsOfEverySizeComeBack() {
        List<BigDecimal> amounts = Stream.of(
                        "0", "0.0", "-1", "1", "9999", "10000", "-10000.0001", "0.0001", "0.00001", "0.12345", "1E-20")
                .map(BigDecimal::new)
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        amounts.add(new BigDecimal("1E+30"));
        amounts.add(new BigDecimal("12345678901234567890123456789.000000000000000000000000000123"));
        amounts.add(new BigDecimal("-99999999.99999999"));
        SqlCache<Amount> cache = open(SqlCache.builder(Amount.class)
                .fetcher(request ->
                        LongStream.range(0, amounts.size()).mapToObj(id -> new Amount(id, amounts.get((int) id)))));

        List<Amount> rows = cache.query().range(0, amounts.size()).list();

        assertThat(rows)
                .extracting(Amount::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .isEqualTo(amounts);
    }

    @Test
    void rowsThatComeInAnyOrderAreSortedAndThoseInOrderStay() {
        SqlCache<Order> cache = open(SqlCache.builder(Order.class).fetcher(request -> {
            List<Order> rows = new ArrayList<>(orders(request).toList());
            java.util.Collections.shuffle(rows, new java.util.Random(request.fromId()));
            return rows;
        }));

        assertThat(cache.query().range(1, 3_000).list())
                .isEqualTo(LongStream.range(1, 3_000)
                        .mapToObj(id -> new Order(id, "c" + id % 7))
                        .toList());
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void onlyThePartitionThatWasInvalidatedMeanwhileIsFetchedAgain() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>();
        RecordingSource<User> source = new RecordingSource<>(request -> {
            meanwhile.getAndSet(() -> {}).run();
            return request.values("id", Integer.class).stream().map(id -> new User(id, "n" + id));
        });
        SqlCache<User> cache = open(SqlCache.builder(User.class).fetcher(source).partitionsPerFetch(10));
        meanwhile.set(() -> cache.query().eq("id", 2).invalidate());

        SqlCacheResult<User> result = cache.query().in("id", 1, 2, 3).result();

        assertThat(result.rows()).containsExactly(new User(1, "n1"), new User(2, "n2"), new User(3, "n3"));
        assertThat(result.fetched()).hasSize(3);
        assertThat(source.requests())
                .extracting(request -> request.values("id", Integer.class))
                .containsExactly(List.of(1, 2, 3), List.of(2));
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void aPageWithMoreRowsThanItMayHaveCountsUpToItsLastValue() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).maxRowsPerFetch(4));

        assertThat(january(cache, "A", 1, 10).list()).isEqualTo(expected("A", 1, 10));

        assertThat(source.calls()).containsExactly(days(1, 11), days(10, 11));
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void anIncrementMayBeAFraction() {
        RecordingSource<Order> source = new RecordingSource<>(SqlCacheStoringContract::orders);
        SqlCache<Order> cache =
                open(SqlCache.builder(Order.class).fetcher(source).orderedIncrement(2.5));

        assertThat(cache.query().between(4, 4).list()).hasSize(1);
        assertThat(cache.query().range(13, 16).list()).hasSize(3);

        assertThat(source.calls()).containsExactly(FetchRange.of(3, 5), FetchRange.of(13, 18));
    }

    @Test
    void anOfflineCacheAnswersWithWhatItHas() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCacheBuilder<Price> builder = store(prices(source)).clock(clock);
        try (SqlCache<Price> online = builder.build()) {
            january(online, "A", 1, 5).list();
        }
        source.forget();

        try (SqlCache<Price> offline = builder.offline(true).build()) {
            assertThat(january(offline, "A", 1, 5).result().status()).isEqualTo(Status.HIT);
            assertThatExceptionOfType(SqlCacheFetchException.class)
                    .isThrownBy(() -> january(offline, "A", 1, 8).list())
                    .withMessageContaining("offline")
                    .satisfies(e -> assertThat(e.failed())
                            .extracting(PartitionRange::range)
                            .containsExactly(days(6, 9)));
        }
        try (SqlCache<Price> partial = builder.onError(OnError.PARTIAL)
                .staleWhileRevalidate(Duration.ofDays(9))
                .build()) {
            SqlCacheResult<Price> some = january(partial, "A", 1, 8).result();
            assertThat(some.status()).isEqualTo(Status.INCOMPLETE);
            assertThat(some.rows()).isEqualTo(expected("A", 1, 5));
            assertThat(some.missing()).extracting(PartitionRange::range).containsExactly(days(6, 9));
            clock.advance(Duration.ofDays(2));
            assertThat(january(partial, "A", 1, 5).result().status()).isEqualTo(Status.STALE);
        }
        assertThat(source.calls()).isEmpty();
    }

    @Test
    void holesAreAskedForAgainAFewTimes() {
        List<LocalDate> missing = new ArrayList<>(List.of(jan(3), jan(4), jan(9)));
        RecordingSource<Price> source = new RecordingSource<>(request -> Price.daily(request).stream()
                .filter(price -> !missing.contains(price.date()))
                .toList());
        SqlCache<Price> cache = open(
                prices(source).ttl(Duration.ofDays(90)).askHolesAgainAfter(Duration.ofHours(1), Duration.ofHours(6)));
        january(cache, "A", 1, 10).list();
        january(cache, "A", 1, 10).list();
        assertThat(source.calls()).as("at once").containsExactly(days(1, 11));
        source.forget();

        clock.advance(Duration.ofMinutes(61));
        missing.remove(jan(4));
        assertThat(january(cache, "A", 1, 10).list()).hasSize(8);
        january(cache, "A", 1, 10).list();
        assertThat(source.calls()).as("after an hour").containsExactlyInAnyOrder(days(3, 5), days(9, 10));
        source.forget();

        clock.advance(Duration.ofHours(5));
        january(cache, "A", 1, 10).list();
        assertThat(source.calls()).as("too early").isEmpty();
        clock.advance(Duration.ofMinutes(61));
        january(cache, "A", 1, 10).list();
        assertThat(source.calls()).as("after six more hours").containsExactlyInAnyOrder(days(3, 4), days(9, 10));
        source.forget();

        clock.advance(Duration.ofDays(30));
        january(cache, "A", 1, 10).list();
        assertThat(source.calls()).as("confirmed").isEmpty();
        assertThat(cache.verify().isSound()).isTrue();
    }

    @Test
    void closedDaysAreNoHoles() {
        RangeCalendar weekdays = RangeCalendar.weekdays();
        RecordingSource<Price> source = new RecordingSource<>(request -> Price.daily(request).stream()
                .filter(price -> weekdays.isOpen(price.date()))
                .toList());
        SqlCache<Price> cache =
                open(prices(source).ttl(Duration.ZERO).calendar(weekdays).askHolesAgainAfter(Duration.ofHours(1)));
        january(cache, "A", 1, 31).list();
        source.forget();

        clock.advance(Duration.ofHours(2));
        january(cache, "A", 1, 31).list();

        assertThat(source.calls()).isEmpty();
    }

    @Test
    void compactingChangesNothingThatIsRead() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        for (int day = 1; day <= 20; day++) {
            january(cache, "B", day, day).list();
            january(cache, "A", day, day + 1).refresh();
        }
        source.forget();

        cache.compact();

        assertThat(january(cache, "A", 1, 21).list()).isEqualTo(expected("A", 1, 21));
        assertThat(january(cache, "B", 1, 20).list()).isEqualTo(expected("B", 1, 20));
        assertThat(source.calls()).isEmpty();
        assertThat(cache.verify().isSound()).isTrue();
        january(cache, "C", 1, 5).list();
        assertThat(cache.clear()).isEqualTo(46);
    }
}
