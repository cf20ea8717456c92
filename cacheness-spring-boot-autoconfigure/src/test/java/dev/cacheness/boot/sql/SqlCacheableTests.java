package dev.cacheness.boot.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessSqlAutoConfiguration;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheException;
import dev.cacheness.sql.SqlCacheFetchException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

class SqlCacheableTests {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CachenessAutoConfiguration.class, CachenessSqlAutoConfiguration.class))
            .withPropertyValues("cacheness.metadata.backend=memory")
            .withBean(Market.class);

    record Price(@PartitionKey String symbol, @RangeKey LocalDate date, double close) {}

    record Airport(@PartitionKey String iataCode, String name) {}

    record Order(@PartitionKey int shop, @RangeKey long number, String item) {}

    /** A client as it would be without a cache. */
    static class Market {

        final List<String> calls = java.util.Collections.synchronizedList(new ArrayList<>());

        boolean isDown;

        @SqlCacheable(cache = "prices")
        public List<Price> daily(
                @PartitionKey String symbol, @RangeStart LocalDate from, @RangeEnd(inclusive = true) LocalDate to)
                throws IOException {
            calls.add(symbol + " " + from + ".." + to);
            if (isDown) {
                throw new IOException("the market is closed");
            }
            return from.datesUntil(to.plusDays(1))
                    .map(date -> new Price(symbol, date, date.getDayOfMonth()))
                    .toList();
        }

        @SqlCacheable(cache = "airports")
        public Set<Airport> airports(@PartitionKey("iataCode") Collection<String> codes) {
            calls.add(codes.toString());
            return codes.stream()
                    .filter(code -> !code.equals("ZZZ"))
                    .map(code -> new Airport(code, "Airport " + code))
                    .collect(java.util.stream.Collectors.toSet());
        }

        @SqlCacheable(cache = "airport")
        public Optional<Airport> airport(@PartitionKey String iataCode) {
            calls.add(iataCode);
            return iataCode.equals("ZZZ") ? Optional.empty() : Optional.of(new Airport(iataCode, "one"));
        }

        @SqlCacheable(cache = "orders")
        public Stream<Order> orders(@PartitionKey int shop, @RangeStart long from, @RangeEnd long to) {
            calls.add(shop + " " + from + ".." + to);
            return java.util.stream.LongStream.range(from, to).mapToObj(number -> new Order(shop, number, "item"));
        }
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        runner.run(test);
    }

    @Test
    void methodIsCalledForMissingSubRangesOnly() {
        run(context -> {
            Market market = context.getBean(Market.class);

            List<Price> first = market.daily("AAPL", DAY, DAY.plusDays(4));
            List<Price> second = market.daily("AAPL", DAY.minusDays(2), DAY.plusDays(8));
            List<Price> third = market.daily("AAPL", DAY, DAY.plusDays(8));

            assertThat(first).hasSize(5).startsWith(new Price("AAPL", DAY, 1));
            assertThat(second).hasSize(11);
            assertThat(third).hasSize(9);
            assertThat(calls(market))
                    .startsWith("AAPL 2024-01-01..2024-01-05")
                    .containsExactlyInAnyOrder(
                            "AAPL 2024-01-01..2024-01-05",
                            "AAPL 2023-12-30..2023-12-31",
                            "AAPL 2024-01-06..2024-01-09");
        });
    }

    @Test
    void collectionParameterGetsTheMissingValuesOnly() {
        run(context -> {
            Market market = context.getBean(Market.class);

            Set<Airport> first = market.airports(List.of("AMS", "RTM", "ZZZ"));
            Set<Airport> second = market.airports(Set.of("RTM", "EIN", "AMS", "ZZZ"));

            assertThat(first).extracting(Airport::iataCode).containsExactlyInAnyOrder("AMS", "RTM");
            assertThat(second).extracting(Airport::iataCode).containsExactlyInAnyOrder("AMS", "RTM", "EIN");
            assertThat(market.airports(List.of())).isEmpty();
            assertThat(calls(market)).containsExactly("[AMS, RTM, ZZZ]", "[EIN]");
        });
    }

    @Test
    void singleRowIsLookedUpOnceEvenIfThereIsNone() {
        run(context -> {
            Market market = context.getBean(Market.class);

            assertThat(market.airport("AMS")).contains(new Airport("AMS", "one"));
            assertThat(market.airport("AMS")).isPresent();
            assertThat(market.airport("ZZZ")).isEmpty();
            assertThat(market.airport("ZZZ")).isEmpty();
            assertThat(calls(market)).containsExactly("AMS", "ZZZ");
        });
    }

    @Test
    void numbersKeepTheirTypesAndAnEmptyRangeIsEmpty() {
        run(context -> {
            Market market = context.getBean(Market.class);

            assertThat(market.orders(7, 10, 13).map(Order::number)).containsExactly(10L, 11L, 12L);
            assertThat(market.orders(7, 11, 14).map(Order::number)).containsExactly(11L, 12L, 13L);
            assertThat(market.orders(7, 5, 5)).isEmpty();
            assertThat(calls(market)).containsExactly("7 10..13", "7 13..14");
            assertThatIllegalArgumentException().isThrownBy(() -> market.orders(7, 9, 5));
        });
    }

    @Test
    void cacheIsABeanAndIsConfiguredLikeTheOthers() {
        runner.withPropertyValues("cacheness.sql.caches.prices.max-fetch-span=2d")
                .withBean(Reports.class)
                .run(context -> {
                    Market market = context.getBean(Market.class);

                    market.daily("AAPL", DAY, DAY.plusDays(3));

                    assertThat(calls(market)).hasSize(2);
                    SqlCache<Price> prices = context.getBean(Reports.class).prices();
                    assertThat(prices.name()).isEqualTo("prices");
                    assertThat(prices.query()
                                    .eq("symbol", "AAPL")
                                    .between(DAY, DAY.plusDays(1))
                                    .count())
                            .isEqualTo(2);
                    assertThat(calls(market)).hasSize(2);
                });
    }

    record Reports(SqlCache<Price> prices) {}

    @Test
    void failureOfTheMethodIsTheCause() {
        run(context -> {
            Market market = context.getBean(Market.class);
            target(market).isDown = true;

            assertThatExceptionOfType(SqlCacheFetchException.class)
                    .isThrownBy(() -> market.daily("AAPL", DAY, DAY))
                    .withRootCauseInstanceOf(IOException.class)
                    .withMessageContaining("the market is closed");
        });
    }

    /** Fields of the proxy are not those of the bean. */
    private static Market target(Market proxy) {
        return (Market) org.springframework.test.util.AopTestUtils.getTargetObject(proxy);
    }

    private static List<String> calls(Market proxy) {
        return target(proxy).calls;
    }

    static class NoRows {
        @SqlCacheable(cache = "wrong")
        public List<String> wrong(@PartitionKey String symbol) {
            return List.of(symbol);
        }
    }

    static class NoRange {
        @SqlCacheable(cache = "wrong")
        public List<Price> wrong(@PartitionKey String symbol) {
            return List.of();
        }
    }

    static class UnknownParameter {
        @SqlCacheable(cache = "wrong")
        public List<Airport> wrong(@PartitionKey String iataCode, boolean adjusted) {
            return List.of();
        }
    }

    static class UnknownColumn {
        @SqlCacheable(cache = "wrong")
        public List<Airport> wrong(@PartitionKey("icao") String code) {
            return List.of();
        }
    }

    static class WrongType {
        @SqlCacheable(cache = "wrong")
        public List<Price> wrong(@PartitionKey String symbol, @RangeStart String from, @RangeEnd LocalDate to) {
            return List.of();
        }
    }

    static class OneOfMany {
        @SqlCacheable(cache = "wrong")
        public Optional<Airport> wrong(@PartitionKey("iataCode") List<String> codes) {
            return Optional.empty();
        }
    }

    static class SameName {
        @SqlCacheable(cache = "prices")
        public Optional<Airport> wrong(@PartitionKey String iataCode) {
            return Optional.empty();
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(NoRows.class, "must return a List, Collection"),
                Arguments.of(NoRange.class, "one parameter with @RangeStart and one with @RangeEnd for 'date'"),
                Arguments.of(UnknownParameter.class, "parameter 'adjusted' says nothing that the cache understands"),
                Arguments.of(UnknownColumn.class, "Airport has no component 'icao' with @PartitionKey"),
                Arguments.of(WrongType.class, "parameter 'from' must be a LocalDate, as 'date' of Price is"),
                Arguments.of(OneOfMany.class, "so it must return several rows"),
                Arguments.of(SameName.class, "another source have this name"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesStopTheStartAndAreNamed(Class<?> type, String message) {
        runner.withBean("mistake", type)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(SqlCacheException.class)
                        .hasMessageContaining(message));
    }
}
