package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.sql.CacheTable;
import dev.cacheness.sql.DataFrames;
import dev.cacheness.sql.FetchPlan;
import dev.cacheness.sql.FetchRange;
import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.FetchResult;
import dev.cacheness.sql.OnError;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.PartitionRange;
import dev.cacheness.sql.RangeCalendar;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.ResultShape;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheAudit;
import dev.cacheness.sql.SqlCacheBuilder;
import dev.cacheness.sql.SqlCacheReport;
import dev.cacheness.sql.SqlCacheResult;
import dev.cacheness.sql.SqlCacheResult.Status;
import dev.cacheness.sql.TableDefinition;
import dev.cacheness.table.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dflib.DataFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of {@code docs/sql-cache.md}. */
class SqlCacheTests {

    // docs:start record
    @CacheTable("prices")
    record Price(
            @PartitionKey String symbol,
            @RangeKey LocalDate date,
            double open,
            double close,
            @Nullable Long volume) {}
    // docs:end record

    // docs:start lookup-record
    record Airport(@PartitionKey String iata, String name, String country) {}
    // docs:end lookup-record

    // docs:start average
    record Average(String symbol, double average) {}
    // docs:end average

    @TempDir
    private Path directory;

    private final Market market = new Market();

    /** The source of the samples. */
    private static final class Market {

        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        List<Price> daily(String symbol, LocalDate from, LocalDate to) {
            calls.add(symbol + " " + from + ".." + to.minusDays(1));
            return from.datesUntil(to)
                    .filter(date -> date.getDayOfWeek().getValue() < 6)
                    .map(date -> new Price(symbol, date, 10, 11, null))
                    .toList();
        }

        List<Airport> airports(List<String> codes) {
            calls.add(codes.toString());
            return codes.stream()
                    .map(code -> new Airport(code, code + " airport", "NL"))
                    .toList();
        }
    }

    private SqlCache<Price> prices() {
        Path file = directory.resolve("prices.duckdb");
        // docs:start build
        SqlCache<Price> prices = SqlCache.forTimeseries(Price.class)
                .duckDb(file)
                .fetcher(request -> market.daily(request.string("symbol"), request.fromDate(), request.toDate()))
                .ttl(Duration.ofDays(30))
                .hotWindow(Period.ofDays(3), Duration.ofMinutes(15))
                .maxFetchSpan(Period.ofDays(365))
                .build();
        // docs:end build
        return prices;
    }

    @Test
    void onlyWhatIsMissingIsFetched() {
        try (SqlCache<Price> prices = prices()) {
            // docs:start query
            List<Price> january = prices.query()
                    .eq("symbol", "AAPL")
                    .between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31))
                    .list();
            List<Price> spring = prices.query()
                    .in("symbol", "AAPL", "MSFT")
                    .range(LocalDate.of(2024, 1, 15), LocalDate.of(2024, 6, 1))
                    .list();
            // docs:end query

            assertThat(january).hasSize(23);
            assertThat(spring).hasSize(2 * 100);
            assertThat(market.calls)
                    .containsExactlyInAnyOrder(
                            "AAPL 2024-01-01..2024-01-31",
                            "AAPL 2024-02-01..2024-05-31",
                            "MSFT 2024-01-15..2024-05-31");
        }
    }

    @Test
    void factsAndPlans() {
        LocalDate from = LocalDate.of(2024, 1, 1);
        LocalDate to = LocalDate.of(2024, 2, 1);
        try (SqlCache<Price> prices = prices()) {
            // docs:start facts
            FetchPlan plan = prices.query().eq("symbol", "AAPL").range(from, to).explain();
            SqlCacheResult<Price> result =
                    prices.query().eq("symbol", "AAPL").range(from, to).result();
            // docs:end facts

            assertThat(plan.calls()).extracting(PartitionRange::range).containsExactly(FetchRange.of(from, to));
            assertThat(result.status()).isEqualTo(Status.MISS);

            // docs:start manage
            prices.query().eq("symbol", "AAPL").range(from, to).refresh();
            prices.query().eq("symbol", "AAPL").range(from, to).invalidate();
            prices.query().eq("symbol", "AAPL").coverage();
            prices.cleanupExpired();
            prices.compact();
            prices.stats();
            prices.clear();
            // docs:end manage
            assertThat(prices.stats().totalRecords()).isZero();
        }
    }

    @Test
    void sqlOnRows() {
        LocalDate from = LocalDate.of(2024, 1, 1);
        LocalDate to = LocalDate.of(2024, 2, 1);
        try (SqlCache<Price> prices = prices()) {
            // docs:start sql
            List<Average> averages = prices.query()
                    .in("symbol", "AAPL", "MSFT")
                    .range(from, to)
                    .ensure()
                    .sql("select symbol, avg(close) as average from {rows} group by symbol order by symbol")
                    .list(Average.class);
            // docs:end sql

            assertThat(averages).containsExactly(new Average("AAPL", 11), new Average("MSFT", 11));

            // docs:start stream
            try (Stream<Price> rows = prices.query().eq("symbol", "AAPL").range(from, to).stream()) {
                rows.forEach(this::write);
            }
            // docs:end stream
        }
    }

    private void write(Price price) {
        assertThat(price.close()).isEqualTo(11);
    }

    @Test
    void lookUps() {
        // docs:start lookup
        SqlCache<Airport> airports = SqlCache.forLookupTable(Airport.class)
                .sqlite(directory.resolve("airports.db"))
                .fetcher(request -> market.airports(request.values("iata", String.class)))
                .partitionsPerFetch(100)
                .build();
        List<Airport> two = airports.query().in("iata", "AMS", "RTM").list();
        List<Airport> three = airports.query().in("iata", "AMS", "RTM", "EIN").list();
        // docs:end lookup

        airports.close();
        assertThat(two).hasSize(2);
        assertThat(three).hasSize(3);
        assertThat(market.calls).containsExactly("[AMS, RTM]", "[EIN]");
    }

    /** What the page of a source looks like in the sample. */
    private record BarPage(List<Price> bars, @Nullable LocalDate nextStart, String etag) {}

    private BarPage page(FetchRequest request) {
        List<Price> all = market.daily(request.string("symbol"), request.fromDate(), request.toDate());
        return all.size() <= 10
                ? new BarPage(all, null, "1")
                : new BarPage(all.subList(0, 10), all.get(10).date(), "1");
    }

    @Test
    void pages() {
        try (SqlCache<Price> prices = SqlCache.builder(Price.class)
                .inMemory()
                // docs:start pages
                .fetcher(request -> {
                    BarPage page = page(request);
                    return FetchResult.of(page.bars()).next(page.nextStart()).revision(page.etag());
                })
                // docs:end pages
                .build()) {
            assertThat(prices.query()
                            .eq("symbol", "AAPL")
                            .between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31))
                            .count())
                    .isEqualTo(23);
            assertThat(market.calls).hasSize(3);
        }
    }

    @Test
    void mapsAndParameters() {
        // docs:start maps
        TableDefinition<Map<String, Object>> table = TableDefinition.named("daily")
                .partition("symbol", String.class)
                .range("date", LocalDate.class)
                .column("close", Double.class)
                .build();
        SqlCache<Map<String, Object>> daily = SqlCache.builder(table)
                .url("memory:")
                .fetcher(request ->
                        List.of(Map.of("symbol", request.string("symbol"), "date", request.fromDate(), "close", 1.5)))
                .build();
        List<Map<String, Object>> rows =
                daily.getData(Map.of("symbol", "AAPL", "date", Map.of("start", "2024-01-01", "end", "2024-01-31")));
        // docs:end maps
        // docs:start frame
        DataFrame frame = daily.query()
                .eq("symbol", "AAPL")
                .between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31))
                .as(DataFrames.of(daily.table()));
        // docs:end frame

        daily.close();
        assertThat(frame.height()).isEqualTo(1);
        assertThat(rows).hasSize(1);
    }

    @Test
    void errorsAndDetectors() {
        InstantSource clock = InstantSource.system();
        try (SqlCache<Price> prices = SqlCache.builder(Price.class)
                // docs:start errors
                .onError(OnError.STALE)
                .staleIfError(Duration.ofDays(7))
                .errorTtl(Duration.ofSeconds(30))
                .retries(2, Duration.ofMillis(500))
                .fetchTimeout(Duration.ofSeconds(20))
                // docs:end errors
                // docs:start detector
                .gapDetector((query, cached, cache) ->
                        query.partition().value("symbol").equals("LIVE")
                                ? List.of(cache.toFetchRange(query))
                                : cache.defaultGaps())
                // docs:end detector
                .clock(clock)
                .fetcher(request -> market.daily(request.string("symbol"), request.fromDate(), request.toDate()))
                .build()) {
            for (int i = 0; i < 2; i++) {
                prices.query()
                        .in("symbol", "LIVE", "OLD")
                        .between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31))
                        .list();
            }
            assertThat(market.calls).hasSize(3);
        }
    }

    @Test
    void moreSettings() {
        Set<LocalDate> holidays = Set.of(LocalDate.of(2024, 1, 1));
        LocalDate from = LocalDate.of(2024, 1, 1);
        LocalDate to = LocalDate.of(2024, 1, 8);
        SqlCacheBuilder<Price> builder = SqlCache.builder(Price.class)
                .url("sqlite::memory:")
                .fetcher(request -> {
                    Object symbol = request.partition().value("symbol");
                    return market.daily(
                            symbol == null ? "ALL" : symbol.toString(), request.fromDate(), request.toDate());
                })
                // docs:start calendar
                .calendar(RangeCalendar.weekdays().except(holidays))
                // docs:end calendar
                // docs:start holes
                .askHolesAgainAfter(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24))
                // docs:end holes
                // docs:start revalidate
                .staleWhileRevalidate(Duration.ofMinutes(10))
                // docs:end revalidate
                .mergeGapsWithin(Duration.ZERO);
        try (SqlCache<Price> prices = builder.allowUnbound(true).build()) {
            // docs:start unbound
            List<Price> everySymbol = prices.query().range(from, to).list();
            // docs:end unbound
            assertThat(everySymbol).extracting(Price::symbol).hasSize(4).containsOnly("ALL");
            assertThat(prices.query().eq("symbol", "ALL").range(from, to).list())
                    .hasSize(4);
            assertThat(market.calls).containsExactly("ALL 2024-01-02..2024-01-05");

            // docs:start verify
            SqlCacheReport report = prices.verify();
            SqlCacheAudit audit =
                    prices.query().eq("symbol", "ALL").range(from, to).audit(3);
            // docs:end verify
            assertThat(report.isSound()).isTrue();
            assertThat(audit.isSame()).isTrue();

            // docs:start table
            Table table = prices.query().range(from, to).as(ResultShape.table(Price.class));
            // docs:end table
            assertThat(table.rowCount()).isEqualTo(4);
            assertThat(table.columnNames()).containsExactly("symbol", "date", "open", "close", "volume");
        }
    }
}
