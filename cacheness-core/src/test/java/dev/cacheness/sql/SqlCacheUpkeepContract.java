package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.sql.SqlCacheReport.Kind;
import dev.cacheness.sql.SqlCacheResult.Status;
import dev.cacheness.sql.range.Step;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers that are a little old, queries of all partitions, calendars, and checks, whatever database the cache is kept in. */
abstract class SqlCacheUpkeepContract extends SqlCacheFixture {

    /** Rows with a number that the source changes with every version. */
    private static List<Price> versioned(FetchRequest request, int version, String... symbols) {
        List<Price> rows = new ArrayList<>();
        for (String symbol : symbols) {
            request.fromDate()
                    .datesUntil(request.toDate())
                    .forEach(date -> rows.add(new Price(symbol, date, version, null)));
        }
        return rows;
    }

    @Test
    void whatHasJustExpiredIsAnsweredAtOnceAndFetchedBehindIt() {
        AtomicInteger version = new AtomicInteger(1);
        RecordingSource<Price> source = new RecordingSource<>(r -> versioned(r, version.get(), "A"));
        SqlCache<Price> cache = open(prices(source).staleWhileRevalidate(Duration.ofHours(2)));
        january(cache, "A", 1, 5).list();
        clock.advance(Duration.ofHours(25));
        version.set(2);

        SqlCacheResult<Price> old = january(cache, "A", 1, 5).result();

        assertThat(old.status()).isEqualTo(Status.STALE);
        assertThat(old.rows()).hasSize(5).allMatch(price -> price.close() == 1);
        await().untilAsserted(() -> {
            SqlCacheResult<Price> fresh = january(cache, "A", 1, 5).result();
            assertThat(fresh.status()).isEqualTo(Status.HIT);
            assertThat(fresh.rows()).hasSize(5).allMatch(price -> price.close() == 2);
        });
        assertThat(source.calls()).containsExactly(days(1, 6), days(1, 6));
    }

    @Test
    void whatWasNeverAskedForIsWaitedFor() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).staleWhileRevalidate(Duration.ofHours(2)));
        january(cache, "A", 1, 5).list();
        clock.advance(Duration.ofHours(25));

        assertThat(january(cache, "A", 1, 6).result().status()).isEqualTo(Status.MISS);
        assertThat(january(cache, "A", 1, 6).list()).isEqualTo(expected("A", 1, 6));
        assertThat(source.calls()).containsExactly(days(1, 6), days(1, 7));
    }

    @Test
    void aSourceThatStaysDownIsNoticedWhenTheRowsAreTooOld() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).staleWhileRevalidate(Duration.ofHours(2)));
        january(cache, "A", 1, 5).list();
        clock.advance(Duration.ofHours(25));
        source.fail();

        assertThat(january(cache, "A", 1, 5).result().status()).isEqualTo(Status.STALE);
        await().until(() -> source.calls().size() == 2);
        assertThat(cache.cleanupExpired()).isZero();
        clock.advance(Duration.ofHours(2));
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "A", 1, 5).list());
        assertThat(cache.cleanupExpired()).isEqualTo(5);
    }

    @Test
    void closedDaysAreNotAskedFor() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache =
                open(prices(source).calendar(RangeCalendar.weekdays().except(List.of(jan(1)))));

        assertThat(january(cache, "A", 6, 7).result().status()).isEqualTo(Status.HIT);
        january(cache, "A", 1, 7).list();
        january(cache, "A", 1, 14).list();
        january(cache, "A", 1, 15).list();

        assertThat(source.calls()).containsExactly(days(2, 6), days(8, 13), days(15, 16));
        assertThat(january(cache, "A", 1, 14).explain().isHit()).isTrue();
    }

    @Test
    void closedTimeDependsOnTheZone() {
        record Tick(@RangeKey Instant at, double value) {}
        List<FetchRange> calls = new ArrayList<>();
        SqlCache<Tick> cache = open(SqlCache.builder(Tick.class)
                .fetcher(request -> {
                    calls.add(request.range());
                    return List.of();
                })
                .zone(ZoneId.of("America/New_York"))
                .calendar(RangeCalendar.weekdays()));

        cache.query()
                .range(Instant.parse("2024-01-05T12:00:00Z"), Instant.parse("2024-01-08T12:00:00Z"))
                .list();
        cache.query()
                .range(Instant.parse("2024-01-06T05:00:00Z"), Instant.parse("2024-01-08T05:00:00Z"))
                .list();
        cache.query()
                .range(Instant.parse("2024-01-12T20:00:00Z"), Instant.parse("2024-01-13T20:00:00Z"))
                .list();

        assertThat(calls)
                .containsExactly(
                        FetchRange.of(Instant.parse("2024-01-05T12:00:00Z"), Instant.parse("2024-01-08T12:00:00Z")),
                        FetchRange.of(Instant.parse("2024-01-12T20:00:00Z"), Instant.parse("2024-01-13T05:00:00Z")));
    }

    private SqlCache<Price> unbound(RecordingSource<Price> source) {
        return open(prices(source).allowUnbound(true));
    }

    private static SqlQuery<Price> all(SqlCache<Price> cache, int first, int last) {
        return cache.query().between(jan(first), jan(last));
    }

    private static RecordingSource<Price> symbols(String... symbols) {
        return new RecordingSource<>(request -> versioned(
                request,
                1,
                request.partition().value("symbol") == null ? symbols : new String[] {request.string("symbol")}));
    }

    @Test
    void allPartitionsAreAskedForAtOnceAndCountForEach() {
        RecordingSource<Price> source = symbols("A", "B");
        SqlCache<Price> cache = unbound(source);
        january(cache, "A", 1, 2).list();
        source.forget();

        assertThat(all(cache, 1, 5).list())
                .extracting(Price::symbol)
                .hasSize(10)
                .containsOnly("A", "B");
        assertThat(january(cache, "A", 2, 5).list()).hasSize(4);
        assertThat(january(cache, "C", 1, 5).list()).isEmpty();
        assertThat(cache.query().in("symbol", "A", "B").between(jan(1), jan(6)).list())
                .hasSize(12);
        assertThat(source.callTexts())
                .containsExactlyInAnyOrder(
                        "[2024-01-01, 2024-01-06)",
                        "symbol=A [2024-01-06, 2024-01-07)",
                        "symbol=B [2024-01-06, 2024-01-07)");
        assertThat(cache.stats().totalRecords()).isEqualTo(12);
    }

    @Test
    void invalidatingOnePartitionOpensWhatCoversAll() {
        RecordingSource<Price> source = symbols("A", "B");
        SqlCache<Price> cache = unbound(source);
        all(cache, 1, 5).list();
        source.forget();

        assertThat(january(cache, "A", 3, 3).invalidate()).isEqualTo(1);

        assertThat(january(cache, "A", 1, 5).list()).hasSize(5);
        assertThat(january(cache, "B", 1, 5).list()).hasSize(5);
        assertThat(all(cache, 1, 5).list()).hasSize(10);
        assertThat(source.callTexts())
                .containsExactly(
                        "symbol=A [2024-01-03, 2024-01-04)",
                        "symbol=B [2024-01-03, 2024-01-04)",
                        "[2024-01-03, 2024-01-04)");
    }

    @Test
    void queriesThatLeaveAPartitionOutAreRefusedUnlessTheyMay() {
        SqlCache<Price> cache = open(prices(symbols("A")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(cache, 1, 5).list())
                .withMessageContaining("which 'symbol' it wants");
    }

    /** Every row tells when it was fetched, so that no answer may have an old one, or lack one. */
    @Test
    void partitionsAndAllOfThemNeverContradictEachOther() {
        long seed = Long.getLong("cacheness.sql.seed", new Random().nextLong());
        Random random = new Random(seed);
        String[] symbols = {"A", "B", "C"};
        RecordingSource<Price> source = new RecordingSource<>(request -> versioned(
                request,
                (int) (clock.instant().getEpochSecond() / 3_600),
                request.partition().value("symbol") == null ? symbols : new String[] {request.string("symbol")}));
        SqlCache<Price> cache = unbound(source);
        StringBuilder history = new StringBuilder("seed " + seed + ":");
        for (int step = 0; step < 150; step++) {
            int first = 1 + random.nextInt(20);
            int last = first + random.nextInt(10);
            String symbol = symbols[random.nextInt(symbols.length)];
            int what = random.nextInt(10);
            history.append(' ')
                    .append(what)
                    .append(symbol)
                    .append(first)
                    .append("..")
                    .append(last);
            switch (what) {
                case 0 -> january(cache, symbol, first, last).invalidate();
                case 1 -> all(cache, first, last).invalidate();
                case 2 -> clock.advance(Duration.ofHours(1 + random.nextInt(20)));
                case 3 -> cache.cleanupExpired();
                case 4 -> january(cache, symbol, first, last).refresh();
                default -> {
                    boolean isAll = random.nextBoolean();
                    List<Price> rows = isAll
                            ? all(cache, first, last).list()
                            : january(cache, symbol, first, last).list();
                    long oldest = clock.instant().getEpochSecond() / 3_600 - 24;
                    assertThat(rows)
                            .as(history.toString())
                            .hasSize((last - first + 1) * (isAll ? 3 : 1))
                            .allMatch(price -> price.close() > oldest);
                }
            }
            assertThat(cache.verify().problems()).as(history.toString()).isEmpty();
        }
    }

    @Test
    void ledgerAndTableFitTogether() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)));
        january(cache, "A", 1, 5).list();
        january(cache, "B", 3, 9).list();
        january(cache, "B", 5, 6).invalidate();

        assertThat(cache.verify()).isEqualTo(new SqlCacheReport(2, 3, 10, List.of()));
    }

    @Test
    void whatDoesNotFitTogetherIsNamed() throws SQLException {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)));
        january(cache, "A", 1, 5).list();
        january(cache, "B", 1, 5).list();
        change(cache, "delete from prices where symbol = 'A' and close = " + jan(3).toEpochDay() / 4.0);
        change(
                cache,
                "delete from cn_coverage where partition_id in (select id from cn_partition where key_text like"
                        + " '%B')");
        change(cache, "update prices set symbol = 'C' where symbol = 'B' and close = " + jan(3).toEpochDay() / 4.0);

        SqlCacheReport report = cache.verify();

        assertThat(report.isSound()).isFalse();
        assertThat(report.problems())
                .extracting(SqlCacheReport.Problem::kind)
                .containsExactlyInAnyOrder(Kind.ROW_COUNT, Kind.ROW_COUNT, Kind.UNCOVERED_ROWS, Kind.UNKNOWN_PARTITION);
        assertThat(report.problems())
                .anyMatch(problem -> problem.partition().equals("symbol=A")
                        && problem.message().equals("the table has 4 rows, and the ledger counts 5"));
    }

    private static void change(SqlCache<?> cache, String sql) throws SQLException {
        cache.context().store.write(session -> {
            session.execute(sql);
            return null;
        });
    }

    @Test
    void anAuditFindsWhatTheSourceHasChanged() {
        AtomicInteger version = new AtomicInteger(1);
        RecordingSource<Price> source = new RecordingSource<>(request -> {
            List<Price> rows = versioned(request, 1, "A");
            if (version.get() == 2) {
                rows.removeIf(row -> row.date().equals(jan(2)));
                rows.replaceAll(row -> row.date().equals(jan(3)) ? new Price("A", row.date(), 7, null) : row);
            }
            return rows;
        });
        SqlCache<Price> cache = open(prices(source));
        january(cache, "A", 1, 20).list();

        assertThat(january(cache, "A", 1, 20).audit(3).isSame()).isTrue();
        version.set(2);
        SqlCacheAudit audit = january(cache, "A", 1, 20).audit(100);

        assertThat(audit.checked()).hasSize(10);
        assertThat(audit.differences())
                .extracting(d -> d.range().range() + " " + d.added() + " " + d.removed() + " " + d.changed())
                .containsExactlyInAnyOrder("[2024-01-01, 2024-01-03) 0 1 0", "[2024-01-03, 2024-01-05) 0 0 1");
        assertThat(january(cache, "A", 1, 20).list()).hasSize(20);
        source.fail();
        assertThatExceptionOfType(SqlCacheException.class)
                .isThrownBy(() -> january(cache, "A", 1, 20).audit(1))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void valuesOfEveryTypeAreTheSameWhenTheyAreReadAgain() {
        List<AllTypes> rows = List.of(AllTypes.example("a", 1), AllTypes.empty(2));
        SqlCache<AllTypes> cache = open(SqlCache.builder(AllTypes.class).fetcher(r -> rows));
        cache.query().list();

        assertThat(cache.query().audit(1)).satisfies(audit -> {
            assertThat(audit.checked()).hasSize(1);
            assertThat(audit.isSame()).isTrue();
        });
    }

    @Test
    void readyMadeDetectorsSeeTheRows() {
        RecordingSource<Price> source = new RecordingSource<>(request -> Price.daily(request).stream()
                .filter(price -> price.date().getDayOfMonth() != 4)
                .toList());
        SqlCache<Price> minMax = open(prices(source).gapDetector(GapDetectors.minMax()));
        january(minMax, "A", 1, 6).list();
        january(minMax, "A", 9, 10).list();
        source.forget();

        assertThat(january(minMax, "A", 1, 12).list())
                .as("a hole, as with the original")
                .hasSize(9);
        assertThat(source.calls()).containsExactly(days(11, 13));

        SqlCache<Price> holes = open(prices(source).gapDetector(GapDetectors.holes(Step.of(Period.ofDays(1)))));
        january(holes, "A", 1, 6).list();
        source.forget();
        assertThat(january(holes, "A", 1, 6).list()).hasSize(5);
        assertThat(source.calls()).containsExactly(days(4, 5));
    }

    @Test
    void partialAnswersAreStreamedPieceByPiece() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).onError(OnError.PARTIAL));
        january(cache, "A", 1, 3).list();
        january(cache, "A", 7, 9).list();
        source.fail();

        try (Stream<Price> rows = january(cache, "A", 1, 9).stream()) {
            assertThat(rows.map(Price::date)).containsExactly(dates(1, 2, 3, 7, 8, 9));
        }
        try (Stream<Price> rows = january(cache, "A", 1, 9).limit(4).stream()) {
            assertThat(rows.map(Price::date)).containsExactly(dates(1, 2, 3, 7));
        }
    }

    private static LocalDate[] dates(int... days) {
        return java.util.Arrays.stream(days).mapToObj(SqlCacheFixture::jan).toArray(LocalDate[]::new);
    }
}
