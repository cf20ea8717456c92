package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cacheness.sql.SqlCacheResult.Status;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cache does, whatever database it is kept in. Every test looks at the rows and at the calls to the source. */
abstract class SqlCacheContract extends SqlCacheFixture {

    @Test
    void aHoleBetweenTwoCachedPiecesIsFetched() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        january(cache, "AAPL", 1, 5).list();
        january(cache, "AAPL", 20, 25).list();
        source.forget();

        List<Price> rows = january(cache, "AAPL", 1, 25).list();

        assertThat(rows).isEqualTo(expected("AAPL", 1, 25));
        assertThat(source.calls()).containsExactly(days(6, 20));
    }

    @Test
    void daysThatHaveNoRowsAreAskedForOnce() {
        RecordingSource<Price> source = new RecordingSource<>(request -> Price.daily(request).stream()
                .filter(p -> p.date().getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
                .toList());
        SqlCache<Price> cache = open(prices(source));

        for (int i = 0; i < 4; i++) {
            assertThat(january(cache, "AAPL", 1, 7).list()).hasSize(5);
        }

        assertThat(source.calls()).containsExactly(days(1, 8));
    }

    @Test
    void everySymbolHasItsOwnCoverage() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        january(cache, "A", 1, 5).list();

        List<Price> rows =
                cache.query().in("symbol", "A", "B").between(jan(1), jan(5)).list();

        assertThat(rows)
                .isEqualTo(Stream.concat(expected("A", 1, 5).stream(), expected("B", 1, 5).stream())
                        .toList());
        assertThat(source.callTexts())
                .containsExactly("symbol=A [2024-01-01, 2024-01-06)", "symbol=B [2024-01-01, 2024-01-06)");
    }

    @Test
    void nothingIsRememberedAsNothing() {
        RecordingSource<Price> source = new RecordingSource<>(request -> List.of());
        SqlCache<Price> cache = open(prices(source));

        for (int i = 0; i < 3; i++) {
            assertThat(january(cache, "NONE", 1, 31).list()).isEmpty();
        }

        assertThat(source.calls()).hasSize(1);
    }

    @Test
    void aFailureIsAnExceptionThatNamesTheRange() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        january(cache, "AAPL", 1, 6).list();
        source.fail();

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 16).list())
                .satisfies(e -> {
                    assertThat(e.failed()).extracting(PartitionRange::range).containsExactly(days(7, 17));
                    assertThat(e.cached()).extracting(PartitionRange::range).containsExactly(days(1, 7));
                    assertThat(e.stored()).isEmpty();
                    assertThat(e).hasMessageContaining("symbol=AAPL [2024-01-07, 2024-01-17)");
                    assertThat(e).hasRootCauseMessage("source is down");
                });
        source.recover();
        assertThat(january(cache, "AAPL", 1, 16).list()).hasSize(16);
    }

    @Test
    void aCompleteFailureIsAnException() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        source.fail();

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 6).list());
        assertThat(cache.stats().failures()).isEqualTo(1);
        assertThat(cache.stats().callFailures()).isEqualTo(1);
    }

    @Test
    void expiredRowsStandInForAFailingSourceIfTheyMay() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(
                prices(source).ttl(Duration.ofDays(1)).onError(OnError.STALE).staleIfError(Duration.ofDays(7)));
        january(cache, "AAPL", 1, 6).list();
        source.fail();

        clock.advance(Duration.ofDays(2));
        SqlCacheResult<Price> stale = january(cache, "AAPL", 1, 6).result();

        assertThat(stale.status()).isEqualTo(Status.STALE);
        assertThat(stale.rows()).isEqualTo(expected("AAPL", 1, 6));
        clock.advance(Duration.ofDays(7));
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 6).list());
    }

    @Test
    void expiredRowsAreNotServedByDefault() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ofDays(1)));
        january(cache, "AAPL", 1, 6).list();
        source.fail();

        clock.advance(Duration.ofDays(2));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 6).list());
    }

    @Test
    void anotherMonthIsAnotherRange() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        cache.getData(Map.of("symbol", "AAPL", "start_date", "2024-01-01", "end_date", "2024-01-31"));

        List<Price> rows =
                cache.getData(Map.of("symbol", "AAPL", "start_date", "2024-02-01", "end_date", "2024-02-29"));

        assertThat(rows).hasSize(29).allMatch(p -> p.date().getMonthValue() == 2);
        assertThat(source.calls()).hasSize(2);
    }

    @Test
    void incrementAndDetectorCanBeSetOnEveryKindOfCache() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(SqlCache.forTimeseries(Price.class)
                .fetcher(source)
                .timeIncrement("1day")
                .gapDetector((query, cached, view) -> view.defaultGaps()));

        january(cache, "AAPL", 1, 3).list();
        january(cache, "AAPL", 1, 3).list();

        assertThat(source.calls()).containsExactly(days(1, 4));
    }

    @Test
    void onlyTheExpiredPieceIsFetched() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ofDays(10)));
        january(cache, "AAPL", 4, 6).list();
        clock.advance(Duration.ofDays(6));
        january(cache, "AAPL", 1, 10).list();
        source.forget();

        clock.advance(Duration.ofDays(5));
        List<Price> rows = january(cache, "AAPL", 1, 10).list();

        assertThat(rows).isEqualTo(expected("AAPL", 1, 10));
        assertThat(source.calls()).containsExactly(days(4, 7));
    }

    @Test
    void rowsThatAreGoneAtTheSourceAreGone() {
        List<Price> now = new ArrayList<>(expected("AAPL", 1, 5));
        RecordingSource<Price> source = new RecordingSource<>(request -> List.copyOf(now));
        SqlCache<Price> cache = open(prices(source));
        january(cache, "AAPL", 1, 5).list();
        now.removeIf(p -> !p.date().equals(jan(3)));

        List<Price> rows = january(cache, "AAPL", 1, 5).refresh().rows();

        assertThat(rows).isEqualTo(expected("AAPL", 3, 3));
        assertThat(january(cache, "AAPL", 1, 5).list()).isEqualTo(rows);
    }

    @Test
    void allBoundsOfOneColumnCount() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));

        List<Price> rows = cache.getData(Map.of(
                "symbol", "AAPL",
                "date", Map.of("gte", jan(1), "lte", jan(20)),
                "close", Map.of("gt", jan(4).toEpochDay() / 4.0, "lt", jan(9).toEpochDay() / 4.0)));

        assertThat(rows).isEqualTo(expected("AAPL", 5, 8));
        assertThat(source.calls()).containsExactly(days(1, 21));
    }

    @Test
    void aRowWithoutAKeyFailsWithItsPosition() {
        List<Price> rows = new ArrayList<>(expected("AAPL", 1, 3));
        rows.add(1, new Price("AAPL", null, 1, null));
        RecordingSource<Price> source = new RecordingSource<>(request -> rows);
        SqlCache<Price> cache = open(prices(source));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 3).list())
                .havingCause()
                .isInstanceOf(InvalidRowException.class)
                .withMessageContaining("row 1")
                .withMessageContaining("'date'");
        assertThat(january(cache, "AAPL", 1, 3).peek().rows()).isEmpty();
    }

    @Test
    void aRowWithoutAKeyIsSkippedIfItMayBe() {
        List<Price> rows = new ArrayList<>(expected("AAPL", 1, 3));
        rows.add(1, new Price("AAPL", null, 1, null));
        SqlCache<Price> cache =
                open(prices(new RecordingSource<>(request -> rows)).invalidRows(InvalidRows.SKIP));

        assertThat(january(cache, "AAPL", 1, 3).list()).isEqualTo(expected("AAPL", 1, 3));
        assertThat(cache.stats().rowsDropped()).isEqualTo(1);
    }

    /** A row of the tests that has an id. */
    record Order(@RangeKey long id, String customer) {}

    @Test
    void idsAreFetchedExactly() {
        RecordingSource<Order> source =
                new RecordingSource<>(r -> java.util.stream.LongStream.range(r.fromId(), r.toId())
                        .mapToObj(id -> new Order(id, "c" + id % 7))
                        .toList());
        SqlCache<Order> cache = open(SqlCache.builder(Order.class).fetcher(source));
        cache.query().between(1, 100).list();

        List<Order> rows = cache.query().between(1, 200).list();

        assertThat(rows).hasSize(200);
        assertThat(source.calls()).containsExactly(FetchRange.of(1, 101), FetchRange.of(101, 201));
    }

    /** A row of the tests that is looked up. */
    record User(@PartitionKey int id, String name) {}

    @Test
    void aParameterThatIsNoColumnHasItsOwnCoverage() {
        RecordingSource<User> source =
                new RecordingSource<>(r -> List.of(new User(r.value("id", Integer.class), r.string("filter_key"))));
        SqlCache<User> cache =
                open(SqlCache.forLookupTable(User.class).fetcher(source).variants("filter_key"));

        assertThat(cache.getData(Map.of("id", 1, "filter_key", "a"))).containsExactly(new User(1, "a"));
        assertThat(cache.getData(Map.of("id", 1, "filter_key", "b"))).containsExactly(new User(1, "b"));
        assertThat(cache.getData(Map.of("id", 1, "filter_key", "a"))).containsExactly(new User(1, "a"));
        assertThat(source.calls()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.getData(Map.of("id", 1)))
                .withMessageContaining("filter_key");
    }

    @Test
    void aRefreshedDayDoesNotHideThatItsNeighboursAreOld() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ofDays(10)));
        january(cache, "AAPL", 1, 9).list();
        clock.advance(Duration.ofDays(6));
        january(cache, "AAPL", 5, 5).refresh();
        source.forget();

        clock.advance(Duration.ofDays(5));
        january(cache, "AAPL", 1, 9).list();

        assertThat(source.calls()).containsExactlyInAnyOrder(days(1, 5), days(6, 10));
    }

    @Test
    void unknownIdsAreLookedUpOnce() {
        RecordingSource<User> source = new RecordingSource<>(r -> r.partitions().stream()
                .filter(p -> (int) p.values().get("id") < 3)
                .map(p -> new User((int) p.values().get("id"), "n"))
                .toList());
        SqlCache<User> cache =
                open(SqlCache.forLookupTable(User.class).fetcher(source).partitionsPerFetch(10));
        cache.query().in("id", 1, 9).list();

        List<User> rows = cache.query().in("id", 1, 2, 9).list();

        assertThat(rows).extracting(User::id).containsExactly(1, 2);
        assertThat(source.requests())
                .extracting(r -> r.values("id", Integer.class))
                .containsExactly(List.of(1, 9), List.of(2));
    }

    @Test
    void theYoungestDaysAreReadAgainOnceTheyHaveSettled() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache =
                open(prices(source).ttl(Duration.ofDays(30)).hotWindow(Period.ofDays(2), Duration.ofMinutes(10)));
        LocalDate today = LocalDate.of(2024, 6, 1);
        SqlQuery<Price> week = cache.query().eq("symbol", "AAPL").range(today.minusDays(5), today.plusDays(3));
        SqlCacheResult<Price> first = week.result();
        week.list();

        clock.advance(Duration.ofMinutes(11));
        week.list();
        clock.advance(Duration.ofDays(3));
        week.list();
        clock.advance(Duration.ofMinutes(11));
        week.list();

        assertThat(first.provisionalFrom()).isEqualTo(today.minusDays(2));
        assertThat(source.calls())
                .containsExactly(
                        FetchRange.of(today.minusDays(5), today.plusDays(1)),
                        FetchRange.of(today.minusDays(2), today.plusDays(1)),
                        FetchRange.of(today.minusDays(2), today.plusDays(3)),
                        FetchRange.of(today.plusDays(1), today.plusDays(3)));
    }

    @Test
    void theFutureIsNeitherAskedForNorRemembered() {
        RecordingSource<Price> source = new RecordingSource<>(request -> List.of());
        SqlCache<Price> cache = open(prices(source));
        LocalDate today = LocalDate.of(2024, 6, 1);

        cache.query()
                .eq("symbol", "A")
                .range(today.plusDays(1), today.plusDays(9))
                .list();
        cache.query().eq("symbol", "A").range(today, today.plusDays(9)).list();

        assertThat(source.calls()).containsExactly(FetchRange.of(today, today.plusDays(1)));
    }

    @Test
    void chunksCommitAloneSoThatARetryFetchesOnlyWhatFailed() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache =
                open(prices(source).maxFetchSpan(Period.ofDays(10)).fetchParallelism(1));
        source.failWhen(r -> r.fromDate().equals(jan(11)) ? new IllegalStateException("bad chunk") : null);

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 30).list())
                .satisfies(e -> {
                    assertThat(e.failed()).extracting(PartitionRange::range).containsExactly(days(11, 21));
                    assertThat(e.stored()).extracting(PartitionRange::range).containsExactly(days(1, 11), days(21, 31));
                });
        source.recover();
        source.forget();

        assertThat(january(cache, "AAPL", 1, 30).list()).hasSize(30);
        assertThat(source.calls()).containsExactly(days(11, 21));
    }

    @Test
    void partialAnswersHoldOnlyWhatIsCoveredAndNameTheRest() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ofDays(10)).onError(OnError.PARTIAL));
        january(cache, "AAPL", 1, 5).list();
        clock.advance(Duration.ofDays(6));
        january(cache, "AAPL", 4, 10).refresh();
        source.fail();

        clock.advance(Duration.ofDays(5));
        SqlCacheResult<Price> result = january(cache, "AAPL", 1, 12).result();

        assertThat(result.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(result.rows()).isEqualTo(expected("AAPL", 4, 10));
        assertThat(result.missing()).extracting(PartitionRange::range).containsExactly(days(1, 4), days(11, 13));
    }

    @Test
    void pagesFollowUntilTheSourceSaysThatThereAreNoMore() {
        RecordingSource<Price> source = new RecordingSource<>(request -> {
            List<Price> all = Price.daily(request);
            return all.size() <= 4
                    ? FetchResult.of(all)
                    : FetchResult.of(all.subList(0, 4)).next(all.get(4).date());
        });
        SqlCache<Price> cache = open(prices(source));

        assertThat(january(cache, "AAPL", 1, 10).list()).isEqualTo(expected("AAPL", 1, 10));
        assertThat(source.calls()).containsExactly(days(1, 11), days(5, 11), days(9, 11));
    }

    @Test
    void fullPagesCountUpToTheirLastValue() {
        RecordingSource<Price> source = new RecordingSource<>(
                request -> Price.daily(request).stream().limit(4).toList());
        SqlCache<Price> cache = open(prices(source).maxRowsPerFetch(4));

        assertThat(january(cache, "AAPL", 1, 10).list()).isEqualTo(expected("AAPL", 1, 10));
        assertThat(source.calls()).containsExactly(days(1, 11), days(4, 11), days(7, 11), days(10, 11));
    }

    @Test
    void endlessPagesEnd() {
        SqlCache<Price> stuck = open(prices(new RecordingSource<>(
                request -> FetchResult.of(List.<Price>of()).next(request.fromDate()))));
        SqlCache<Price> slow = open(prices(new RecordingSource<>(request ->
                        FetchResult.of(List.<Price>of()).next(request.fromDate().plusDays(1))))
                .name("slow")
                .maxPages(5));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(stuck, "AAPL", 1, 10).list())
                .withMessageContaining("no progress");
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(slow, "AAPL", 1, 10).list())
                .withMessageContaining("more than 5 pages")
                .satisfies(e ->
                        assertThat(e.failed()).extracting(PartitionRange::range).containsExactly(days(6, 11)));
    }

    @Test
    void anAnswerForLessThanWasAskedIsAFailureOfTheRest() {
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(Price.daily(request)).covered(jan(3), jan(6)));
        SqlCache<Price> cache = open(prices(source));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 10).list())
                .withMessageContaining("covers only");
        assertThat(january(cache, "AAPL", 3, 5).list()).isEqualTo(expected("AAPL", 3, 5));
        assertThat(source.calls()).hasSize(1);
    }

    @Test
    void anAnswerForMoreThanWasAskedIsKept() {
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(expected("AAPL", 1, 31)).covered(jan(1), LocalDate.of(2024, 2, 1)));
        SqlCache<Price> cache = open(prices(source));

        assertThat(january(cache, "AAPL", 10, 12).list()).isEqualTo(expected("AAPL", 10, 12));
        assertThat(january(cache, "AAPL", 1, 31).list()).isEqualTo(expected("AAPL", 1, 31));
        assertThat(source.calls()).hasSize(1);
    }

    @Test
    void whatIsNotToBeStoredIsReturnedOnce() {
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(Price.daily(request)).doNotStore());
        SqlCache<Price> cache = open(prices(source));

        assertThat(january(cache, "AAPL", 1, 3).list()).isEqualTo(expected("AAPL", 1, 3));
        assertThat(january(cache, "AAPL", 1, 3).count()).isEqualTo(3);
        assertThat(source.calls()).hasSize(2);
        assertThat(cache.stats().totalRecords()).isZero();
    }

    @Test
    void aNewRevisionLetsTheRestExpire() {
        String[] revision = {"1"};
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(Price.daily(request)).revision(revision[0]));
        SqlCache<Price> cache = open(prices(source));
        january(cache, "AAPL", 1, 5).list();
        revision[0] = "2";
        january(cache, "AAPL", 6, 8).list();
        source.forget();

        january(cache, "AAPL", 1, 8).list();

        assertThat(source.calls()).containsExactly(days(1, 6));
    }

    @Test
    void whatIsOlderThanIsKeptIsFetchedEachTime() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).retention(Duration.ofDays(147)));

        assertThat(january(cache, "AAPL", 1, 10).list()).isEqualTo(expected("AAPL", 1, 10));
        assertThat(january(cache, "AAPL", 1, 10).list()).isEqualTo(expected("AAPL", 1, 10));

        assertThat(source.calls()).containsExactly(days(1, 11), days(1, 6));
        assertThat(cache.stats().totalRecords()).isEqualTo(5);
    }

    @Test
    void rowsThatWereNotAskedForAreDropped() {
        RecordingSource<Price> source = new RecordingSource<>(request -> {
            List<Price> rows = new ArrayList<>(Price.daily(request));
            rows.add(Price.of("MSFT", jan(1)));
            rows.add(Price.of("AAPL", jan(20)));
            return rows;
        });
        SqlCache<Price> dropping = open(prices(source));
        SqlCache<Price> strict = open(prices(source).name("strict").outOfRangeRows(OutOfRangeRows.FAIL));

        assertThat(january(dropping, "AAPL", 1, 3).list()).isEqualTo(expected("AAPL", 1, 3));
        assertThat(dropping.stats().rowsDropped()).isEqualTo(2);
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(strict, "AAPL", 1, 3).list())
                .withMessageContaining("not asked for");
    }

    @Test
    void theLastOfSeveralRowsWithOneKeyIsKept() {
        List<Price> rows = List.of(
                new Price("AAPL", jan(1), 1, null),
                new Price("AAPL", jan(2), 5, null),
                new Price("AAPL", jan(1), 2, 7L));
        SqlCache<Price> last = open(prices(new RecordingSource<>(request -> rows)));
        SqlCache<Price> first = open(
                prices(new RecordingSource<>(request -> rows)).name("first").duplicateRows(DuplicateRows.FIRST));

        assertThat(january(last, "AAPL", 1, 2).list()).extracting(Price::close).containsExactly(2.0, 5.0);
        first.query().eq("symbol", "AAPL").between(jan(1), jan(2)).refresh();
        assertThat(january(first, "AAPL", 1, 2).list()).extracting(Price::close).containsExactly(1.0, 5.0);
        assertThat(last.stats().duplicateRows()).isEqualTo(1);
    }

    @Test
    void mergingKeepsRowsThatTheSourceNoLongerHas() {
        List<Price> now = new ArrayList<>(expected("AAPL", 1, 3));
        SqlCache<Price> cache =
                open(prices(new RecordingSource<>(request -> List.copyOf(now))).writeMode(WriteMode.MERGE));
        january(cache, "AAPL", 1, 3).list();
        now.clear();
        now.add(new Price("AAPL", jan(2), -1, null));

        january(cache, "AAPL", 1, 3).refresh();

        assertThat(january(cache, "AAPL", 1, 3).list())
                .containsExactly(Price.of("AAPL", jan(1)), now.get(0), Price.of("AAPL", jan(3)));
    }

    @Test
    void invalidatedRangesAreFetchedAgain() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        cache.query().in("symbol", "A", "B").between(jan(1), jan(10)).list();
        source.forget();

        long removed = cache.query().eq("symbol", "A").between(jan(3), jan(4)).invalidate();

        assertThat(removed).isEqualTo(2);
        assertThat(january(cache, "A", 1, 10).list()).isEqualTo(expected("A", 1, 10));
        assertThat(january(cache, "B", 1, 10).list()).isEqualTo(expected("B", 1, 10));
        assertThat(source.callTexts()).containsExactly("symbol=A [2024-01-03, 2024-01-05)");
        assertThat(cache.query().invalidate()).isEqualTo(20);
        assertThat(cache.stats().totalRecords()).isZero();
    }

    @Test
    void cleanUpRemovesWhatHasExpired() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)).ttl(Duration.ofDays(10)));
        january(cache, "AAPL", 1, 5).list();
        clock.advance(Duration.ofDays(6));
        january(cache, "AAPL", 6, 8).list();
        clock.advance(Duration.ofDays(5));

        assertThat(cache.stats().expiredRecords()).isEqualTo(5);
        assertThat(cache.cleanupExpired()).isEqualTo(5);
        assertThat(cache.stats().totalRecords()).isEqualTo(3);
        assertThat(january(cache, "AAPL", 1, 8).peek().rows()).isEqualTo(expected("AAPL", 6, 8));
        assertThat(cache.clear()).isEqualTo(3);
        assertThat(cache.stats().partitions()).isZero();
    }

    @Test
    void partitionsThatWereNotReadForLongestMakeRoom() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)).maxRows(20));
        for (String symbol : List.of("A", "B", "A", "C")) {
            january(cache, symbol, 1, 8).list();
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(cache.query().coverage())
                .extracting(covered -> covered.partition().toString())
                .containsExactlyInAnyOrder("symbol=A", "symbol=C");
        assertThat(cache.stats().totalRecords()).isEqualTo(16);
    }

    @Test
    void aPlanIsExplainedWithoutAsking() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        january(cache, "AAPL", 3, 4).list();
        source.forget();

        FetchPlan plan = january(cache, "AAPL", 1, 6).explain();

        assertThat(plan.calls()).extracting(PartitionRange::range).containsExactly(days(1, 3), days(5, 7));
        assertThat(plan.have()).extracting(CoveredRange::range).containsExactly(days(3, 5));
        assertThat(plan.reasons()).contains("symbol=AAPL: missing [2024-01-01, 2024-01-03)");
        assertThat(source.calls()).isEmpty();
        assertThat(january(cache, "AAPL", 3, 4).explain().isHit()).isTrue();
    }

    @Test
    void theStatusSaysHowMuchWasThere() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)));

        assertThat(january(cache, "AAPL", 1, 5).result().status()).isEqualTo(Status.MISS);
        assertThat(january(cache, "AAPL", 1, 5).result().status()).isEqualTo(Status.HIT);
        assertThat(january(cache, "AAPL", 1, 9).result().status()).isEqualTo(Status.PARTIAL);
        assertThat(january(cache, "AAPL", 1, 9).result().oldestFetch()).isEqualTo(clock.instant());
        assertThat(cache.stats()).satisfies(stats -> {
            assertThat(stats.misses()).isEqualTo(1);
            assertThat(stats.hits()).isEqualTo(2);
            assertThat(stats.partials()).isEqualTo(1);
            assertThat(stats.calls()).isEqualTo(2);
            assertThat(stats.tableName()).isEqualTo("prices");
            assertThat(stats.primaryKeys()).containsExactly("symbol", "date");
        });
    }

    @Test
    void rowsAreStreamedCountedAndLimited() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)));
        SqlQuery<Price> query = january(cache, "AAPL", 1, 9);

        try (Stream<Price> rows = query.stream()) {
            assertThat(rows.toList()).isEqualTo(expected("AAPL", 1, 9));
        }
        assertThat(query.count()).isEqualTo(9);
        assertThat(query.first()).contains(Price.of("AAPL", jan(1)));
        assertThat(query.limit(2).list()).hasSize(2);
        assertThat(query.notIn("close", List.of(jan(3).toEpochDay() / 4.0)).count())
                .isEqualTo(8);
        int size = query.as(List::size);
        assertThat(size).isEqualTo(9);
    }

    /** The result of SQL in the tests. */
    record Average(String symbol, double average, long days) {}

    @Test
    void sqlRunsOnEnsuredRows() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source));
        cache.query().eq("symbol", "C").between(jan(1), jan(31)).list();

        List<Average> averages = cache.query()
                .in("symbol", "A", "B")
                .between(jan(1), jan(4))
                .ensure()
                .sql(
                        "select symbol, avg(close) as average, count(*) as days from {rows} where symbol <> '?' and"
                                + " close > ? group by symbol order by symbol",
                        1.5)
                .list(Average.class);

        double average = jan(1).toEpochDay() / 4.0 + 1.5 / 4;
        assertThat(averages).containsExactly(new Average("A", average, 4), new Average("B", average, 4));
    }

    @Test
    void valuesOfEveryTypeComeBack() {
        AllTypes row = AllTypes.example("a\tb\\n\n'\"ü𝄞", 1);
        AllTypes least = AllTypes.empty(2);
        SqlCache<AllTypes> cache = open(SqlCache.builder(AllTypes.class).fetcher(r -> List.of(least, row)));

        List<AllTypes> rows = cache.query().list();

        assertThat(rows).usingRecursiveFieldByFieldElementComparator().containsExactly(row, least);
        try (Stream<AllTypes> stream = cache.query().eq("text", row.text()).stream()) {
            assertThat(stream.map(AllTypes::id)).containsExactly(1L);
        }
        assertThat(cache.query()
                        .gte("instant", row.instant())
                        .lte("date", row.date())
                        .eq("dateTime", row.dateTime())
                        .eq("decimal", row.decimal())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tablesOfMapsWorkTheSame() {
        TableDefinition<Map<String, Object>> table = TableDefinition.named("dynamic")
                .partition("symbol", String.class)
                .range("date", LocalDate.class)
                .column("close", Double.class)
                .column("volume", Long.class)
                .build();
        SqlCache<Map<String, Object>> cache = open(SqlCache.builder(table)
                .fetcher(r -> List.of(Map.of("symbol", r.string("symbol"), "date", r.fromDate(), "close", 1.5))));

        List<Map<String, Object>> rows =
                cache.getData(Map.of("symbol", "AAPL", "date", Map.of("start", "2024-01-01", "end", "2024-01-05")));

        assertThat(rows).containsExactly(Map.of("symbol", "AAPL", "date", jan(1), "close", 1.5));
    }

    @Test
    void aFailedRangeIsNotAskedForAgainForAWhile() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).errorTtl(Duration.ofMinutes(1)));
        source.fail();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SqlCacheFetchException.class)
                    .isThrownBy(() -> january(cache, "AAPL", 1, 3).list())
                    .havingRootCause()
                    .withMessage("source is down");
        }
        source.recover();

        assertThat(source.calls()).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(january(cache, "AAPL", 1, 3).list()).hasSize(3);
    }

    @Test
    void failedCallsAreTriedAgain() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).retries(2, Duration.ofMillis(1)));
        source.failWhen(r -> r.attempt() < 3 ? new java.io.IOException("flaky") : null);

        assertThat(january(cache, "AAPL", 1, 3).list()).hasSize(3);
        assertThat(source.calls()).hasSize(3);
    }

    @Test
    void aPlanThatIsTooLargeFailsBeforeTheFirstCall() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache =
                open(prices(source).maxFetchSpan(Period.ofDays(1)).maxFetches(5));

        assertThatExceptionOfType(FetchPlanTooLargeException.class)
                .isThrownBy(() -> january(cache, "AAPL", 1, 6).list())
                .withMessageContaining("max-fetches");
        assertThat(source.calls()).isEmpty();
    }

    @Test
    void mistakesInQueriesAreNamed() {
        SqlCache<Price> cache = open(prices(new RecordingSource<>(Price::daily)).maxQuerySpan(Period.ofDays(20)));
        SqlQuery<Price> all = cache.query();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.eq("sybol", "A"))
                .withMessageContaining("[symbol, date, close, volume]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.range(jan(5), jan(1)))
                .withMessageContaining("2024-01-05")
                .withMessageContaining("2024-01-01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.between(jan(1), jan(5)).list())
                .withMessageContaining("eq(\"symbol\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.eq("close", "abc"))
                .withMessageContaining("'close'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.eq("symbol", "A")
                        .gt("date", jan(5))
                        .lt("date", jan(5))
                        .list())
                .withMessageContaining("empty");
        assertThatExceptionOfType(FetchPlanTooLargeException.class)
                .isThrownBy(() -> january(cache, "A", 1, 30).list())
                .withMessageContaining("max-query-span");
    }

    @Test
    void sourcesThatReturnNoRowsAtAllAreNamed() {
        SqlCache<Price> nothing = open(prices(new RecordingSource<>(request -> null)));
        SqlCache<Price> text =
                open(prices(new RecordingSource<>(request -> List.of("x"))).name("text"));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(nothing, "A", 1, 2).list())
                .withMessageContaining("returned null");
        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() -> january(text, "A", 1, 2).list())
                .withMessageContaining("java.lang.String");
    }

    @Test
    void valuesOfAWrongTypeAreNamed() {
        TableDefinition<Map<String, Object>> table = TableDefinition.named("typed")
                .partition("symbol", String.class)
                .range("date", LocalDate.class)
                .column("close", Double.class)
                .build();
        SqlCache<Map<String, Object>> cache = open(SqlCache.builder(table)
                .fetcher(request -> List.of(Map.of("symbol", "A", "date", request.fromDate(), "close", "a lot"))));

        assertThatExceptionOfType(SqlCacheFetchException.class)
                .isThrownBy(() ->
                        cache.query().eq("symbol", "A").between(jan(1), jan(2)).list())
                .havingCause()
                .isInstanceOf(InvalidRowException.class)
                .withMessageContaining("'close'")
                .withMessageContaining("a lot");
    }

    @Test
    void detectorsDecideWhatIsFetched() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> always = open(prices(source).gapDetector(GapDetectors.always()));
        january(always, "AAPL", 1, 5).list();
        january(always, "AAPL", 1, 5).list();
        assertThat(source.calls()).containsExactly(days(1, 6), days(1, 6));
        source.forget();

        SqlCache<Price> ifEmpty = open(prices(source).name("if-empty").gapDetector(GapDetectors.ifEmpty()));
        january(ifEmpty, "MSFT", 1, 2).list();
        SqlCacheResult<Price> more = january(ifEmpty, "MSFT", 1, 5).result();

        assertThat(source.calls()).containsExactly(days(1, 3));
        assertThat(more.rows()).isEqualTo(expected("MSFT", 1, 2));
        assertThat(more.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(more.missing()).extracting(PartitionRange::range).containsExactly(days(3, 6));
    }

    @Test
    void aDetectorThatFailsIsReplacedOrNamed() {
        GapDetector<Price> broken = (query, cached, view) -> {
            throw new IllegalStateException("broken");
        };
        SqlCache<Price> tolerant =
                open(prices(new RecordingSource<>(Price::daily)).gapDetector(broken));
        SqlCache<Price> strict = open(prices(new RecordingSource<>(Price::daily))
                .name("strict")
                .gapDetector(broken)
                .onDetectorError(OnDetectorError.FAIL));

        assertThat(january(tolerant, "AAPL", 1, 5).list()).hasSize(5);
        assertThat(tolerant.stats().detectorFailures()).isEqualTo(1);
        assertThatExceptionOfType(SqlCacheException.class)
                .isThrownBy(() -> january(strict, "AAPL", 1, 5).list())
                .withMessageContaining("broken");
    }

    @Test
    void growingIdsHaveATail() {
        long[] greatest = {10};
        RecordingSource<Order> source = new RecordingSource<>(r -> java.util.stream.LongStream.range(
                        r.fromId(), Math.min(r.toId(), greatest[0] + 1))
                .mapToObj(id -> new Order(id, "c"))
                .toList());
        SqlCache<Order> cache =
                open(SqlCache.builder(Order.class).fetcher(source).openEnded(Duration.ZERO));
        cache.query().from(1).list();
        greatest[0] = 12;

        assertThat(cache.query().from(1).list()).hasSize(12);
        assertThat(source.calls()).containsExactly(FetchRange.of(1, Long.MAX_VALUE), FetchRange.of(11, Long.MAX_VALUE));
    }

    /** A row of the tests that has a moment. */
    record Tick(@RangeKey java.time.Instant at, double value) {}

    /** A clock that moves whenever somebody looks at it, as real ones do. */
    private java.time.InstantSource movingClock() {
        return () -> {
            clock.advance(Duration.ofMillis(1));
            return clock.instant();
        };
    }

    @Test
    void aQueryUpToNowEndsAlthoughTimeGoesOn() {
        RecordingSource<Tick> source = new RecordingSource<>(r -> List.of(new Tick(r.from(), 1)));
        SqlCache<Tick> cache = store(
                        SqlCache.builder(Tick.class).fetcher(source).retention(Duration.ofHours(1)))
                .clock(movingClock())
                .build();
        try (cache) {
            cache.query().from(clock.instant().minus(Duration.ofHours(2))).list();
            assertThat(source.calls()).hasSize(1);

            List<Tick> rows = cache.query().last(Duration.ofMinutes(30)).list();
            assertThat(rows).hasSize(1);
            assertThat(source.calls()).hasSize(2);
        }
    }

    @Test
    void aRefreshEndsNextToOlderDataThatNeverExpire() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache =
                store(prices(source).ttl(Duration.ZERO)).clock(movingClock()).build();
        try (cache) {
            january(cache, "AAPL", 1, 9).list();
            clock.advance(Duration.ofDays(1));

            assertThat(january(cache, "AAPL", 3, 5).refresh().rows()).hasSize(3);

            assertThat(source.calls()).containsExactly(days(1, 10), days(3, 6));
            assertThat(cache.query().coverage()).hasSize(1);
        }
    }

    @Test
    void rowsThatExpireAtOnceAreReturnedAndAskedForAgain() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).hotWindow(Period.ofDays(365), Duration.ZERO));

        assertThat(january(cache, "AAPL", 1, 5).list()).hasSize(5);
        assertThat(january(cache, "AAPL", 1, 5).list()).hasSize(5);

        assertThat(source.calls()).containsExactly(days(1, 6), days(1, 6));
    }

    @Test
    void aQueryMayHaveAHotWindowOfItsOwn() {
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        SqlCache<Price> cache = open(prices(source).hotWindow(Period.ofDays(1), Duration.ofMinutes(5)));
        LocalDate today = LocalDate.of(2024, 6, 1);
        SqlQuery<Price> week = cache.query().eq("symbol", "AAPL").range(today.minusDays(9), today.minusDays(2));
        week.list();
        clock.advance(Duration.ofMinutes(6));
        source.forget();

        week.list();
        assertThat(week.hotWindow(Period.ofDays(5)).list()).hasSize(7);

        assertThat(source.calls()).containsExactly(FetchRange.of(today.minusDays(5), today.minusDays(2)));
    }

    @Test
    void severalThreadsOfSeveralCachesOnOneDatabaseAgree() throws Exception {
        // Two caches of one table stand for two processes: they share the database, but not what is in flight.
        SqlCacheBuilder<Price> builder = store(prices(new RecordingSource<>(Price::daily)));
        try (SqlCache<Price> one = builder.clock(clock).build();
                SqlCache<Price> two = builder.clock(clock).build()) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (SqlCache<Price> cache : List.of(one, two)) {
                threads.add(new Thread(() -> {
                    for (int first = 1; first < 25; first++) {
                        assertThat(january(cache, "AAPL", first, first + 6).list())
                                .hasSize(7);
                    }
                }));
            }
            threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> failures.add(e)));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(failures).isEmpty();
            assertThat(january(one, "AAPL", 1, 30).list()).isEqualTo(expected("AAPL", 1, 30));
            assertThat(one.stats().totalRecords()).isEqualTo(30);
        }
    }

    @Test
    void joinedRangesExpireWithTheOlder() {
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(Price.daily(request)).ttl(Duration.ofDays(10)));
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ofDays(16)));
        january(cache, "AAPL", 1, 5).list();
        clock.advance(Duration.ofHours(12));
        january(cache, "AAPL", 6, 10).list();
        source.forget();

        clock.advance(Duration.ofDays(10).minusHours(11));
        january(cache, "AAPL", 1, 10).list();

        assertThat(source.calls()).containsExactly(days(1, 11));
    }

    @Test
    void aSourceCannotCoverTheFuture() {
        LocalDate today = LocalDate.of(2024, 6, 1);
        RecordingSource<Price> source = new RecordingSource<>(
                request -> FetchResult.of(Price.daily(request)).covered(today.minusDays(5), today.plusDays(90)));
        SqlCache<Price> cache = open(prices(source).ttl(Duration.ZERO).hotWindow(Period.ZERO, Duration.ofDays(20)));
        cache.query().eq("symbol", "A").range(today.minusDays(5), today).list();
        source.forget();

        clock.advance(Duration.ofDays(3));
        cache.query()
                .eq("symbol", "A")
                .range(today.minusDays(5), today.plusDays(3))
                .list();

        assertThat(source.calls()).containsExactly(FetchRange.of(today.plusDays(1), today.plusDays(3)));
    }
}
