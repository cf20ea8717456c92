package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.boot.autoconfigure.SqlCacheCustomizer;
import dev.cacheness.boot.sql.RangeEnd;
import dev.cacheness.boot.sql.RangeStart;
import dev.cacheness.boot.sql.SqlCacheable;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

class SqlSpringTests {

    @TempDir
    Path directory;

    @Test
    void sourceIsAskedForWhatIsMissing() {
        try (var context = new SpringApplicationBuilder(Configurations.class)
                .web(WebApplicationType.NONE)
                .run("--cacheness.storage.dir=" + directory)) {
            QuoteService service = context.getBean(QuoteService.class);
            QuoteClient client = context.getBean(QuoteClient.class);
            LocalDate monday = LocalDate.of(2024, 1, 1);

            assertThat(service.quotes("ACME", monday, monday.plusDays(6))).hasSize(7);
            assertThat(service.quotes("ACME", monday, monday.plusDays(6))).hasSize(7);
            assertThat(client.calls).hasValue(1);
        }
    }

    @Test
    void methodIsCalledForWhatIsMissing() {
        try (var context = new SpringApplicationBuilder(Configurations.class)
                .web(WebApplicationType.NONE)
                .run("--cacheness.storage.dir=" + directory)) {
            RateClient client = context.getBean(RateClient.class);
            LocalDate monday = LocalDate.of(2024, 1, 1);

            assertThat(client.rates("EUR", monday, monday.plusDays(4))).hasSize(5);
            assertThat(client.rates("EUR", monday, monday.plusDays(6))).hasSize(7);
            assertThat(RateClient.CALLS).containsExactly("2024-01-01..2024-01-05", "2024-01-06..2024-01-07");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Configurations {

        @Bean
        QuoteClient quoteClient() {
            return new QuoteClient();
        }

        @Bean
        RateClient rateClient() {
            return new RateClient();
        }

        @Bean
        QuoteService quoteService(SqlCache<Quote> quotes) {
            return new QuoteService(quotes);
        }

        // docs:start source
        @Bean
        DataFetcher<Quote> quotes(QuoteClient client) {
            return request -> client.quotes(request.string("symbol"), request.fromDate(), request.lastDate());
        }
        // docs:end source

        // docs:start customizer
        @Bean
        SqlCacheCustomizer fewQuotes() {
            return (cache, builder) -> {
                if (cache.equals("quotes")) {
                    builder.maxRows(1_000_000);
                }
            };
        }
        // docs:end customizer
    }

    // docs:start record
    record Quote(@PartitionKey String symbol, @RangeKey LocalDate date, double close) {}
    // docs:end record

    // docs:start service
    @Service
    static class QuoteService {

        private final SqlCache<Quote> quotes;

        QuoteService(SqlCache<Quote> quotes) {
            this.quotes = quotes;
        }

        List<Quote> quotes(String symbol, LocalDate first, LocalDate last) {
            return quotes.query().eq("symbol", symbol).between(first, last).list();
        }
    }
    // docs:end service

    record Rate(@PartitionKey String currency, @RangeKey LocalDate date, double rate) {}

    @Service
    static class RateClient {

        // docs:start cacheable
        @SqlCacheable(cache = "rates")
        public List<Rate> rates(
                @PartitionKey String currency, @RangeStart LocalDate from, @RangeEnd(inclusive = true) LocalDate to) {
            return ask(currency, from, to);
        }
        // docs:end cacheable

        private static final List<String> CALLS = new ArrayList<>();

        private static List<Rate> ask(String currency, LocalDate from, LocalDate to) {
            CALLS.add(from + ".." + to);
            return from.datesUntil(to.plusDays(1))
                    .map(day -> new Rate(currency, day, 1))
                    .toList();
        }
    }

    static class QuoteClient {

        private final AtomicInteger calls = new AtomicInteger();

        List<Quote> quotes(String symbol, LocalDate first, LocalDate last) {
            calls.incrementAndGet();
            return first.datesUntil(last.plusDays(1))
                    .map(day -> new Quote(symbol, day, day.getDayOfMonth()))
                    .toList();
        }
    }
}
