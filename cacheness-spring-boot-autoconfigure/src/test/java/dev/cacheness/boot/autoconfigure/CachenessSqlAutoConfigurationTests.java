package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.sql.CacheTable;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.FetchRequest;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheAdapter;
import dev.cacheness.sql.SqlCacheException;
import dev.cacheness.sql.TableDefinition;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class CachenessSqlAutoConfigurationTests {

    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(CachenessAutoConfiguration.class, CachenessSqlAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void withoutSourcesNothingIsOpened() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SqlCache.class));

        assertThat(directory.resolve("cache/sql")).doesNotExist();
    }

    @Test
    void cacheOfEachSourceIsInjectedByTheTypeOfItsRows() {
        runner.withUserConfiguration(Sources.class, Consumer.class).run(context -> {
            Consumer consumer = context.getBean(Consumer.class);

            assertThat(consumer.prices.name()).isEqualTo("prices");
            assertThat(consumer.users.name()).isEqualTo("users");
            assertThat(consumer.qualified).isSameAs(consumer.prices);
            assertThat(context).hasBean("pricesSqlCache").hasBean("usersSqlCache");
            assertThat(consumer.users.query().eq("id", 7L).list()).containsExactly(new User(7, "user 7"));
        });
    }

    @Test
    void rangeIsFetchedOnceAndIsThereAfterARestart() {
        runner.withUserConfiguration(Sources.class).run(context -> {
            List<Price> first = week(context.getBean("pricesSqlCache", SqlCache.class));

            assertThat(first).hasSize(7);
            assertThat(Sources.CALLS).hasValue(1);
        });
        runner.withUserConfiguration(Sources.class).run(context -> {
            assertThat(week(context.getBean("pricesSqlCache", SqlCache.class))).hasSize(7);
            assertThat(Sources.CALLS).hasValue(0);
        });
    }

    @Test
    void cachesAreClosedWithTheContext() {
        AtomicReference<SqlCache<?>> cache = new AtomicReference<>();

        runner.withUserConfiguration(Sources.class)
                .run(context -> cache.set(context.getBean("pricesSqlCache", SqlCache.class)));

        assertThat(catchThrowable(() -> cache.get().stats())).isInstanceOf(CacheClosedException.class);
    }

    @Test
    void tableWithARangeIsInDuckDbAndOneWithoutInSqlite() {
        runner.withUserConfiguration(Sources.class).run(context -> {
            assertThat(context.getBean("pricesSqlCache", SqlCache.class).engine())
                    .isEqualTo("duckdb");
            assertThat(context.getBean("usersSqlCache", SqlCache.class).engine())
                    .isEqualTo("sqlite");
        });

        assertThat(directory.resolve("cache/sql/prices.duckdb")).exists();
        assertThat(directory.resolve("cache/sql/users.sqlite")).exists();
    }

    @Test
    void storeAndUrlSayWhereTheTableIs() {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues(
                        "cacheness.sql.caches.prices.store=sqlite",
                        "cacheness.sql.caches.users.url=sqlite:" + directory.resolve("elsewhere.db"))
                .run(context -> assertThat(context.getBean("pricesSqlCache", SqlCache.class)
                                .engine())
                        .isEqualTo("sqlite"));

        assertThat(directory.resolve("cache/sql/prices.sqlite")).exists();
        assertThat(directory.resolve("elsewhere.db")).exists();
    }

    @Test
    void tablesAreInMemoryWhereTheEntriesAre() {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues("cacheness.metadata.backend=memory")
                .run(context -> assertThat(week(context.getBean("pricesSqlCache", SqlCache.class)))
                        .hasSize(7));

        assertThat(directory.resolve("cache/sql")).doesNotExist();
    }

    @Test
    void adapterNamesItsTable() {
        runner.withUserConfiguration(MapSource.class).run(context -> {
            SqlCache<?> ticks = context.getBean("ticksSqlCache", SqlCache.class);

            assertThat(ticks.table().columnNames()).containsExactly("id", "size");
        });
    }

    @Test
    void cacheThatTheApplicationBuildsItselfIsTheOnlyOne() {
        runner.withUserConfiguration(Sources.class, OwnCache.class)
                .run(context ->
                        assertThat(context).doesNotHaveBean("pricesSqlCache").hasBean("ownPrices"));
    }

    @Test
    void customizerHasTheLastWord() {
        runner.withUserConfiguration(Sources.class)
                .withBean(SqlCacheCustomizer.class, () -> (cache, builder) -> builder.url("sqlite::memory:"))
                .run(context -> assertThat(context.getBean("pricesSqlCache", SqlCache.class)
                                .engine())
                        .isEqualTo("sqlite"));
    }

    @Test
    void nothingIsThereWhenSwitchedOff() {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues("cacheness.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SqlCache.class));
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, -1s",
        "hot-window, soon",
        "hot-ttl, 1m",
        "time-increment, sometimes",
        "max-fetch-span, 5",
        "ordered-increment, 2.5",
        "ordered-increment, 0",
        "ask-holes-again-after, 0s",
        "align-to, 5",
        "align-to, week",
        "max-fetches, 0",
        "fetch-timeout, 0s",
        "tail-ttl, 1m",
        "retry-delay, 1s",
        "url, mysql://localhost/prices",
        "data-source, nobody",
    })
    void mistakeStopsTheStartAndNamesTheProperty(String property, String value) {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues("cacheness.sql.caches.prices." + property + "=" + value)
                .run(context -> {
                    CacheConfigurationException cause = causeOf(context.getStartupFailure());

                    assertThat(cause.property()).isEqualTo("cacheness.sql.caches.prices." + property);
                    assertThat(cause.problem()).isNotBlank();
                    assertThat(cause.action()).isNotBlank();
                });
    }

    @Test
    void offlineCacheDoesNotAskItsSource() {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues(
                        "cacheness.sql.caches.prices.offline=true",
                        "cacheness.sql.caches.prices.ask-holes-again-after=1h,6h",
                        "cacheness.sql.caches.prices.align-to=7d")
                .run(context -> assertThat(
                                catchThrowable(() -> week(context.getBean("pricesSqlCache", SqlCache.class))))
                        .hasMessageContaining("offline"));
    }

    @Test
    void settingsWithoutASourceAreAWarning(CapturedOutput output) {
        runner.withUserConfiguration(Sources.class)
                .withPropertyValues("cacheness.sql.caches.pices.ttl=1h", "cacheness.sql.caches.users.ttl=1h")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("cacheness.sql.caches.pices: there is no bean 'pices'")
                .contains("[prices, users]")
                .doesNotContain("cacheness.sql.caches.users:");
    }

    @Test
    void namesOfPropertiesAreRelaxed() {
        runner.withUserConfiguration(MapSource.class)
                .withPropertyValues("cacheness.sql.caches.TICKS.max-fetches=0")
                .run(context -> assertThat(causeOf(context.getStartupFailure()).property())
                        .isEqualTo("cacheness.sql.caches.ticks.max-fetches"));
    }

    @Test
    void rowsThatMakeNoTableStopTheStart() {
        runner.withUserConfiguration(NoTable.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SqlCacheException.class)
                        .hasMessageContaining("Cache 'words'")
                        .hasMessageContaining("no record"));
    }

    private static CacheConfigurationException causeOf(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof CacheConfigurationException)) {
            assertThat(cause).isNotNull();
            cause = cause.getCause();
        }
        return (CacheConfigurationException) cause;
    }

    @SuppressWarnings("unchecked")
    private static List<Price> week(SqlCache<?> cache) {
        return ((SqlCache<Price>) cache)
                .query()
                .eq("symbol", "A")
                .range(MONDAY, MONDAY.plusDays(7))
                .list();
    }

    @CacheTable("prices")
    record Price(@PartitionKey String symbol, @RangeKey LocalDate date, double close) {}

    record User(@PartitionKey long id, String name) {}

    @Configuration(proxyBeanMethods = false)
    static class Sources {

        static final AtomicInteger CALLS = new AtomicInteger();

        Sources() {
            CALLS.set(0);
        }

        @Bean
        DataFetcher<Price> prices() {
            return request -> {
                CALLS.incrementAndGet();
                return request.fromDate()
                        .datesUntil(request.toDate())
                        .map(day -> new Price(request.string("symbol"), day, day.getDayOfMonth()))
                        .toList();
            };
        }

        @Bean
        UserSource users() {
            return new UserSource();
        }
    }

    static class UserSource implements SqlCacheAdapter<User> {

        @Override
        public Object fetchData(FetchRequest request) {
            long id = request.value("id", Long.class);
            return List.of(new User(id, "user " + id));
        }
    }

    static class Consumer {

        final SqlCache<Price> prices;

        final SqlCache<User> users;

        final SqlCache<?> qualified;

        Consumer(SqlCache<Price> prices, SqlCache<User> users, @Qualifier("prices") SqlCache<?> qualified) {
            this.prices = prices;
            this.users = users;
            this.qualified = qualified;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MapSource {

        @Bean
        SqlCacheAdapter<Map<String, Object>> ticks() {
            return new SqlCacheAdapter<>() {

                @Override
                public TableDefinition<Map<String, Object>> tableDefinition() {
                    return TableDefinition.named("ticks")
                            .range("id", long.class)
                            .column("size", long.class)
                            .build();
                }

                @Override
                public Object fetchData(FetchRequest request) {
                    return List.of();
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCache {

        @Bean
        SqlCache<Price> ownPrices(DataFetcher<Price> prices) {
            return SqlCache.forTimeseries(Price.class).fetcher(prices).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoTable {

        @Bean
        DataFetcher<String> words() {
            return request -> List.of();
        }
    }
}
