package dev.cacheness.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessEndpointAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessMetricsAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessSqlAutoConfiguration;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SqlCachesEndpointTests {

    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessSqlAutoConfiguration.class,
                        CachenessEndpointAutoConfiguration.class,
                        CachenessMetricsAutoConfiguration.class,
                        MetricsAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"),
                        "management.endpoints.web.exposure.include=sqlcaches");
    }

    @Test
    void showsFiguresAndCoverage() {
        runner.run(context -> {
            week(context);
            SqlCachesEndpoint endpoint = context.getBean(SqlCachesEndpoint.class);

            assertThat(endpoint.caches().caches()).containsOnlyKeys("prices");
            assertThat(endpoint.cache("prices")).satisfies(cache -> {
                assertThat(cache.stats().totalRecords()).isEqualTo(7);
                assertThat(cache.stats().calls()).isEqualTo(1);
                assertThat(cache.columns()).containsExactly("number", "date", "close");
            });
            assertThat(endpoint.section("prices", "coverage", "number=1", null, null, null))
                    .isInstanceOfSatisfying(SqlCoverage.class, coverage -> {
                        assertThat(coverage.total()).isEqualTo(1);
                        assertThat(coverage.ranges().get(0).range())
                                .isEqualTo(new SqlRangeDescriptor("number=1", "2024-01-01", "2024-01-08"));
                    });
            assertThat(endpoint.cache("other")).isNull();
            assertThat(endpoint.section("prices", "other", null, null, null, null))
                    .isNull();
        });
    }

    @Test
    void explainsWithoutAskingTheSource() {
        runner.run(context -> {
            week(context);
            SqlCachesEndpoint endpoint = context.getBean(SqlCachesEndpoint.class);

            assertThat(endpoint.section("prices", "explain", "number=1", "2024-01-05", "2024-01-20", null))
                    .isInstanceOfSatisfying(SqlPlan.class, plan -> {
                        assertThat(plan.hit()).isFalse();
                        assertThat(plan.calls())
                                .containsExactly(new SqlRangeDescriptor("number=1", "2024-01-08", "2024-01-20"));
                    });
            assertThat(endpoint.cache("prices").stats().calls()).isEqualTo(1);
        });
    }

    @Test
    void removesARange() {
        runner.run(context -> {
            week(context);
            SqlCachesEndpoint endpoint = context.getBean(SqlCachesEndpoint.class);

            assertThat(endpoint.removeRows("prices", "number=1", "2024-01-02", "2024-01-04", null)
                            .removed())
                    .isEqualTo(2);
            assertThat(endpoint.removeRows("prices", null, null, null, true).removed())
                    .isEqualTo(5);
        });
    }

    @Test
    void nothingIsRemovedByASlip() {
        runner.run(context -> {
            week(context);
            SqlCachesEndpoint endpoint = context.getBean(SqlCachesEndpoint.class);

            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.removeRows("prices", null, null, null, null));
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.removeRows("prices", null, "2024-01-02", null, true));
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.removeRows("other", null, null, null, true));
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.section("prices", "coverage", "nonsense", null, null, null));
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.section("prices", "explain", "number=1", "yesterday", null, null));
            assertThat(endpoint.cache("prices").stats().totalRecords()).isEqualTo(7);
        });
    }

    @Test
    void metersCountEvenAfterTheGarbageCollection() {
        runner.run(context -> {
            week(context);
            week(context);
            System.gc();
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("cacheness.sql.requests")
                            .tags("cache", "prices", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cacheness.sql.calls").functionCounter().count())
                    .isEqualTo(1);
            assertThat(registry.get("cacheness.sql.size").gauge().value()).isEqualTo(7);
        });
    }

    private static void week(ApplicationContext context) {
        context.getBean("pricesSqlCache", SqlCache.class)
                .query()
                .eq("number", 1L)
                .range(MONDAY, MONDAY.plusDays(7))
                .list();
    }

    record Price(@PartitionKey long number, @RangeKey LocalDate date, double close) {}

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        DataFetcher<Price> prices() {
            return request -> {
                long number = request.value("number", Long.class);
                return request.fromDate()
                        .datesUntil(request.toDate())
                        .map(day -> new Price(number, day, day.getDayOfMonth()))
                        .toList();
            };
        }
    }
}
