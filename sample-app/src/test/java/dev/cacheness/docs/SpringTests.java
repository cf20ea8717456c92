package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.boot.autoconfigure.CachenessCustomizer;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.jpa.CacheEntryRepository;
import dev.cacheness.jpa.CacheEntryRow;
import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;

class SpringTests {

    @TempDir
    Path directory;

    @Test
    void repositoryAsksTheIndex() {
        try (var context = run()) {
            String digest = context.getBean(Cacheness.class).put(CacheKey.of("city", "Oslo"), "rain");
            CacheEntryRepository entries = context.getBean(CacheEntryRepository.class);

            // docs:start repository
            List<String> largest = entries.findByOrderBySizeBytesDescDigestAsc(Limit.of(10)).stream()
                    .map(CacheEntryRow::getDigest)
                    .toList();
            Page<CacheEntryRow> weather =
                    entries.findByNamespace("weather", PageRequest.of(0, 20, Sort.by("createdAt")));
            List<CacheEntryRow> popular =
                    entries.findAll((row, query, builder) -> builder.greaterThan(row.get("hits"), 100L));
            // docs:end repository

            assertThat(largest).containsExactly(digest);
            assertThat(weather).isEmpty();
            assertThat(popular).isEmpty();
        }
    }

    @Test
    void cacheableMethodIsCalledOnceUntilItsEntryIsEvicted() {
        try (var context = run()) {
            var weather = context.getBean(WeatherService.class);
            var client = context.getBean(WeatherClient.class);

            weather.temperature("Oslo");
            weather.temperature("Oslo");
            assertThat(client.calls).hasValue(1);

            weather.forget("Oslo");
            weather.temperature("Oslo");
            assertThat(client.calls).hasValue(2);
        }
    }

    @Test
    void whatACacheableMethodAnsweredSurvivesARestart() {
        try (var context = run()) {
            context.getBean(WeatherService.class).temperature("Oslo");
        }

        try (var context = run()) {
            var weather = context.getBean(WeatherService.class);
            var client = context.getBean(WeatherClient.class);
            assertThat(weather.temperature("Oslo")).isEqualTo(-3.5);
            assertThat(client.calls).hasValue(0);
        }
    }

    @Test
    void customizerAndHandlerBeansReachTheCache() {
        try (var context = run()) {
            var cache = context.getBean(Cacheness.class);
            var key = CacheKey.of("money", 1).as(Money.class);

            cache.put(key, new Money(1250, "EUR"));

            assertThat(cache.metadata(key))
                    .hasValueSatisfying(
                            metadata -> assertThat(metadata.handler()).isEqualTo("money"));
            assertThat(cache.get(key)).contains(new Money(1250, "EUR"));
            assertThat(context.getBean(WeatherService.class).temperature("Oslo"))
                    .isEqualTo(-3.5);
            assertThat(cache.entries(EntryQuery.all().inNamespace("weather")))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.expiresAt())
                            .isEqualTo(entry.createdAt().plus(Duration.ofHours(1))));
        }
    }

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(Configurations.class)
                .web(WebApplicationType.NONE)
                .run("--cacheness.storage.dir=" + directory);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    static class Configurations {

        @Bean
        WeatherClient weatherClient() {
            return new WeatherClient();
        }

        @Bean
        WeatherService weatherService(WeatherClient client) {
            return new WeatherService(client);
        }

        // docs:start customizer
        @Bean
        CachenessCustomizer shortLivedWeather() {
            return builder -> builder.policy(
                    "weather", CachePolicy.builder().ttl(Duration.ofHours(1)).build());
        }
        // docs:end customizer

        // docs:start handler-bean
        @Bean
        MoneyHandler moneyHandler() {
            return new MoneyHandler();
        }
        // docs:end handler-bean
    }

    // docs:start cacheable
    @Service
    static class WeatherService {

        private final WeatherClient client;

        WeatherService(WeatherClient client) {
            this.client = client;
        }

        @Cacheable(cacheNames = "weather", sync = true)
        public double temperature(String city) {
            return client.temperature(city);
        }

        @CacheEvict(cacheNames = "weather")
        public void forget(String city) {
            // The annotation does it.
        }
    }
    // docs:end cacheable

    static class WeatherClient {

        private final AtomicInteger calls = new AtomicInteger();

        double temperature(String city) {
            calls.incrementAndGet();
            return -3.5;
        }
    }

    record Money(long cents, String currency) {}

    // docs:start handler
    static class MoneyHandler implements Handler<Money> {

        @Override
        public String name() {
            return "money";
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof Money;
        }

        @Override
        public void write(Money value, OutputStream out) throws IOException {
            out.write((value.cents() + " " + value.currency()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Money read(InputStream in, Type type) throws IOException {
            String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ");
            return new Money(Long.parseLong(parts[0]), parts[1]);
        }
    }
    // docs:end handler
}
