package dev.cacheness.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.sql.store.DuckDbStore;
import dev.cacheness.sql.store.PostgresStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTests {

    @TempDir
    private Path directory;

    private static SqlCacheBuilder<Price> prices() {
        return SqlCache.builder(Price.class).fetcher(Price::daily);
    }

    /** As {@link Price}, a version later. */
    @CacheTable("prices")
    record LaterPrice(
            @PartitionKey String symbol,
            @RangeKey LocalDate date,
            double close,
            @Nullable String currency,
            @Nullable Long volume) {}

    @CacheTable("prices")
    record OtherPrice(@PartitionKey String symbol, @RangeKey LocalDate date, long close) {}

    private static LocalDate day(int day) {
        return LocalDate.of(2024, 1, day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb"})
    void aReopenedCacheKnowsWhatItHas(String engine) {
        String url = engine + ":" + directory.resolve("cache");
        RecordingSource<Price> source = new RecordingSource<>(Price::daily);
        for (int i = 0; i < 2; i++) {
            try (SqlCache<Price> cache = prices().url(url).fetcher(source).build()) {
                assertThat(cache.engine()).isEqualTo(engine);
                assertThat(cache.query()
                                .eq("symbol", "A")
                                .between(day(1), day(3))
                                .list())
                        .hasSize(3);
            }
        }

        assertThat(source.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb"})
    void aColumnThatMayBeNullIsAddedAndEverythingFetchedAgain(String engine) {
        String url = engine + ":" + directory.resolve("cache");
        try (SqlCache<Price> cache = prices().url(url).build()) {
            cache.query().eq("symbol", "A").between(day(1), day(3)).list();
        }
        LaterPrice later = new LaterPrice("A", day(2), 1.5, "EUR", null);

        try (SqlCache<LaterPrice> cache = SqlCache.builder(LaterPrice.class)
                .url(url)
                .fetcher(request -> List.of(later))
                .build()) {
            assertThat(cache.query().eq("symbol", "A").between(day(2), day(3)).list())
                    .containsExactly(later);
            assertThat(cache.query().eq("symbol", "A").coverage())
                    .filteredOn(covered -> !covered.fresh())
                    .extracting(CoveredRange::range)
                    .containsExactly(FetchRange.of(day(1), day(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb"})
    void anotherSchemaIsNamedOrMadeAnew(String engine) {
        String url = engine + ":" + directory.resolve("cache");
        try (SqlCache<Price> cache = prices().url(url).build()) {
            cache.query().eq("symbol", "A").between(day(1), day(3)).list();
        }
        SqlCacheBuilder<OtherPrice> other =
                SqlCache.builder(OtherPrice.class).url(url).fetcher(request -> List.of());

        assertThatExceptionOfType(SqlCacheSchemaException.class)
                .isThrownBy(other::build)
                .withMessageContaining("Found: symbol text not null; date date not null; close double not null")
                .withMessageContaining("Expected: symbol text not null; date date not null; close bigint not null");
        try (SqlCache<OtherPrice> cache =
                other.onSchemaChange(OnSchemaChange.RECREATE).build()) {
            assertThat(cache.stats().totalRecords()).isZero();
        }
    }

    @Test
    void aTableOfSomeoneElseIsLeftAlone() throws SQLException {
        Path file = directory.resolve("theirs.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create table prices (id integer)");
        }

        assertThatExceptionOfType(SqlCacheSchemaException.class)
                .isThrownBy(() -> prices().sqlite(file).build())
                .withMessageContaining("was not made by this cache")
                .withMessageContaining("[id]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "duckdb"})
    void aFileOfAnotherKindIsRefused(String engine) throws IOException {
        Path file = directory.resolve("text");
        Files.writeString(file, "this is no database, but a text that is long enough to be one. ".repeat(100));

        assertThatExceptionOfType(SqlCacheException.class)
                .isThrownBy(() -> prices().url(engine + ":" + file).build())
                .withMessageContaining("prices");
    }

    /** The version is written at a fixed place of both formats. */
    @ParameterizedTest
    @CsvSource({"sqlite, 18, 9", "duckdb, 12, 99"})
    void aFileOfANewerVersionIsRefusedAndLeftAlone(String engine, int position, byte version) throws IOException {
        Path file = directory.resolve("newer");
        try (SqlCache<Price> cache = prices().url(engine + ":" + file).build()) {
            cache.query().eq("symbol", "A").between(day(1), day(3)).list();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] = version;
        bytes[position + (engine.equals("sqlite") ? 1 : 0)] = version;
        Files.write(file, bytes);

        assertThatExceptionOfType(SqlCacheException.class)
                .isThrownBy(() -> {
                    try (SqlCache<Price> cache =
                            prices().url(engine + ":" + file).build()) {
                        cache.query().eq("symbol", "A").between(day(1), day(3)).list();
                    }
                })
                .withMessageContaining("prices")
                .withMessageContaining("newer version");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void severalCachesShareAFile() {
        Path file = directory.resolve("shared.duckdb");
        try (SqlCache<Price> a = prices().duckDb(file).build();
                SqlCache<Map<String, Object>> b = SqlCache.builder(TableDefinition.named("other")
                                .partition("k", String.class)
                                .column("v", Integer.class)
                                .build())
                        .duckDb(file)
                        .fetcher(request -> List.of(Map.of("k", request.string("k"), "v", 7)))
                        .build()) {
            assertThat(a.query().eq("symbol", "A").between(day(1), day(3)).list())
                    .hasSize(3);
            assertThat(b.getData(Map.of("k", "x"))).containsExactly(Map.of("k", "x", "v", 7));
            assertThat(a.stats().partitions()).isEqualTo(1);
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> prices().ttl(Duration.ofSeconds(-1)).build())
                .withMessageContaining("cacheness.sql.caches.prices.ttl=PT-1S");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> prices().fetchParallelism(0).build())
                .withMessageContaining("fetch-parallelism=0");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> prices().maxFetchSpan(5).build())
                .withMessageContaining("max-fetch-span=5");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> SqlCache.builder(Price.class).build())
                .withMessageContaining("no source");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prices().url("oracle:thin:x").build())
                .withMessageContaining("sqlite:file");
    }

    record NoKey(String a, int b) {}

    record TwoRanges(@RangeKey long a, @RangeKey long b) {}

    record OddType(@RowKey String a, Object b) {}

    record NullKey(@PartitionKey @Nullable String a) {}

    @Test
    void recordsThatAreNoTablesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.of(NoKey.class))
                .withMessageContaining("no key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.of(TwoRanges.class))
                .withMessageContaining("[a, b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.of(OddType.class))
                .withMessageContaining("'b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.of(NullKey.class))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.named("drop table x"))
                .withMessageContaining("'drop table x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableDefinition.named("t")
                        .rowKey("a", long.class)
                        .column("A", long.class)
                        .build())
                .withMessageContaining("differ only by case");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_text('/etc/hostname')",
                "copy (select 1) to 'out.csv'",
                "attach 'other.db'",
                "install httpfs",
                "set enable_external_access = true"
            })
    void sqlInDuckDbCannotLeaveTheDatabase(String sql) throws SQLException {
        try (DuckDbStore store = DuckDbStore.open(directory.resolve("locked.duckdb"), DuckDbStore.MEMORY_LIMIT)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> store.write(session -> {
                        session.execute(sql);
                        return 0;
                    }));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 488.2 MiB", "?memory_limit=100MB, 95.3 MiB"})
    void theMemoryOfDuckDbIsLimited(String option, String limit) throws SQLException {
        try (SqlCache<Price> cache =
                prices().url("duckdb:" + directory.resolve("limited") + option).build()) {
            assertThat(cache.context().store.<String>readOnce(session -> {
                        try (var row = session.prepare("select current_setting('memory_limit')")
                                .executeQuery()) {
                            row.next();
                            return row.getString(1);
                        }
                    }))
                    .isEqualTo(limit);
        }
        assertThat(directory.resolve("limited")).exists();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prices().url("duckdb:x?memory_limit=all"))
                .withMessageContaining("512MB");
    }

    @Test
    void urlsThatLoadClassesAreRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> PostgresStore.open("jdbc:postgresql://localhost/x?user=a&socketFactory=evil.Factory"))
                .withMessageContaining("socketfactory");
    }

    @Test
    void nanIsRefusedWhereItWouldBecomeNull() {
        try (SqlCache<Price> cache = prices().sqlite(directory.resolve("nan.db"))
                .fetcher(request -> List.of(new Price("A", day(1), Double.NaN, null)))
                .build()) {
            assertThatExceptionOfType(SqlCacheFetchException.class)
                    .isThrownBy(() -> cache.query()
                            .eq("symbol", "A")
                            .between(day(1), day(1))
                            .list())
                    .withMessageContaining("NaN");
            assertThat(cache.query().eq("symbol", "A").coverage()).isEmpty();
        }
    }

    @Test
    void granularityIsRecognised() {
        try (SqlCache<Price> cache = prices().build()) {
            List<Price> weekly = List.of(
                    Price.of("A", day(1)), Price.of("A", day(8)), Price.of("A", day(15)), Price.of("A", day(16)));
            List<Price> monthly = List.of(
                    Price.of("A", day(31)),
                    Price.of("A", LocalDate.of(2024, 2, 29)),
                    Price.of("A", LocalDate.of(2024, 3, 29)));

            assertThat(cache.detectGranularity(weekly)).contains(dev.cacheness.sql.range.Step.of(Duration.ofDays(7)));
            assertThat(cache.detectGranularity(monthly))
                    .contains(dev.cacheness.sql.range.Step.of(java.time.Period.ofMonths(1)));
            assertThat(cache.detectGranularity(weekly.subList(0, 2))).isEmpty();
            assertThat(cache.detectOrderedGranularity(weekly)).isEmpty();
        }
    }

    @Test
    void theReferencesFactoriesWork() {
        SqlCacheAdapter<Price> adapter = new SqlCacheAdapter<>() {
            @Override
            public TableDefinition<Price> tableDefinition() {
                return TableDefinition.of(Price.class);
            }

            @Override
            public Map<String, ?> parseQueryParams(Map<String, ?> params) {
                return Map.of(
                        "symbol", String.valueOf(params.get("ticker")),
                        "date", Map.of("start", day(1), "end", day(2)));
            }

            @Override
            public Object fetchData(FetchRequest request) {
                assertThat(request.asMap()).isEqualTo(Map.of("symbol", "A", "date_start", day(1), "date_end", day(2)));
                return Price.daily(request);
            }
        };
        try (SqlCache<Price> sqlite =
                        SqlCache.withSqlite(directory.resolve("a.db"), adapter, c -> c.timeIncrement(86_400));
                SqlCache<Price> duckDb = SqlCache.withDuckDb(directory.resolve("a.duckdb"), adapter, c -> {})) {
            assertThat(sqlite.getData(Map.of("ticker", "A"))).hasSize(2);
            assertThat(duckDb.getData(Map.of("ticker", "A"))).hasSize(2);
        }
        assertThat(List.of(
                        engineOf(SqlCache.forLookupTable(Price.class)),
                        engineOf(SqlCache.forAnalyticsTable(Price.class)),
                        engineOf(SqlCache.forTimeseries(Price.class)),
                        engineOf(SqlCache.forRealtimeTimeseries(Price.class))))
                .containsExactly("sqlite", "duckdb", "duckdb", "sqlite");
    }

    private static String engineOf(SqlCacheBuilder<Price> builder) {
        try (SqlCache<Price> cache = builder.fetcher(Price::daily).build()) {
            return cache.engine();
        }
    }
}
