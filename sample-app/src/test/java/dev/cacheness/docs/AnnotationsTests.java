package dev.cacheness.docs;

import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.annotation.ApiCached;
import dev.cacheness.boot.annotation.CacheEach;
import dev.cacheness.boot.annotation.CacheIf;
import dev.cacheness.boot.annotation.CacheInvalidate;
import dev.cacheness.boot.annotation.Cached;
import dev.cacheness.boot.annotation.CachedCalls;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Service;

class AnnotationsTests {

    @TempDir
    Path directory;

    @Test
    void samplesDoWhatTheySay() {
        try (var context = run()) {
            var client = context.getBean(WeatherClient.class);
            var weather = context.getBean(WeatherService.class);
            var stations = context.getBean(StationService.class);

            assertThat(weather.forecast("Oslo", LocalDate.EPOCH)).isEqualTo(weather.forecast("Oslo", LocalDate.EPOCH));
            assertThat(weather.status("Oslo").code()).isEqualTo("ok");
            assertThat(weather.page("a").join()).isEqualTo(weather.page("a").join());
            assertThat(client.calls()).isEqualTo(3);
            assertThat(stations.stations(List.of(1, 2))).hasSize(2);
            assertThat(stations.station(2)).isEqualTo("station 2");
            assertThat(client.calls()).isEqualTo(4);
            stations.stationChanged(2);
            assertThat(stations.station(2)).isEqualTo("station 2");
            assertThat(client.calls()).isEqualTo(5);
            stations.cityChanged("Oslo");
            assertThat(context.getBean(Cacheness.class).stats("forecasts").entries())
                    .isZero();
            assertThat(stations.warnings("Oslo")).isEqualTo(stations.warnings("Oslo"));
            assertThat(client.calls()).isEqualTo(6);
        }
    }

    @Test
    void programmaticCallsAreCached() {
        try (var context = run()) {
            var report = new Report(context.getBean(CachedCalls.class));

            assertThat(report.total(List.of("a", "b", "a"))).isEqualTo(2);
            assertThat(report.calls.get()).isEqualTo(2);
        }
    }

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--cacheness.storage.dir=" + directory.resolve("cache"));
    }

    record Status(String code) {}

    static class WeatherClient {

        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        double forecast(String city, LocalDate day) {
            return calls.incrementAndGet();
        }

        Status status(String city) {
            calls.incrementAndGet();
            return new Status("ok");
        }

        CompletableFuture<String> page(String url) {
            return CompletableFuture.completedFuture(url + calls.incrementAndGet());
        }

        String station(int id) {
            calls.incrementAndGet();
            return "station " + id;
        }

        Map<Integer, String> stations(List<Integer> ids) {
            calls.incrementAndGet();
            return ids.stream().collect(Collectors.toMap(Function.identity(), id -> "station " + id));
        }
    }

    // docs:start service
    @Service
    static class WeatherService {

        private final WeatherClient client;

        WeatherService(WeatherClient client) {
            this.client = client;
        }

        @Cached(ttl = "24h", cache = "forecasts", tags = "city:#{#city}")
        public double forecast(String city, LocalDate day) {
            return client.forecast(city, day);
        }

        @CacheIf(value = "#result.code == 'ok'", ttl = "10m")
        public Status status(String city) {
            return client.status(city);
        }

        @ApiCached
        public CompletableFuture<String> page(String url) {
            return client.page(url);
        }
    }
    // docs:end service

    static class StationService {

        private final WeatherClient client;

        StationService(WeatherClient client) {
            this.client = client;
        }

        // docs:start each
        @Cached(cache = "stations", key = "#id")
        public String station(int id) {
            return client.station(id);
        }

        @Cached(cache = "stations", key = "#ids")
        public Map<Integer, String> stations(@CacheEach List<Integer> ids) {
            return client.stations(ids);
        }
        // docs:end each

        // docs:start invalidate
        @CacheInvalidate(cache = "stations", key = "#id")
        public void stationChanged(int id) {
            // The annotation does it.
        }

        @CacheInvalidate(tag = "city:#{#city}")
        public void cityChanged(String city) {
            // The annotation does it, in all caches.
        }
        // docs:end invalidate

        @ShortLived
        public String warnings(String city) {
            return city + client.station(0);
        }
    }

    // docs:start composed
    @Retention(RetentionPolicy.RUNTIME)
    @Cached(cache = "short", ttl = "${weather.short-ttl:30s}")
    @interface ShortLived {

        @AliasFor(annotation = Cached.class)
        String key() default "";
    }
    // docs:end composed

    // docs:start calls
    static class Report {

        record LengthKey(String word) implements CacheKey<Integer> {}

        private final CachedCalls cachedCalls;

        final AtomicInteger calls = new AtomicInteger();

        Report(CachedCalls cachedCalls) {
            this.cachedCalls = cachedCalls;
        }

        int total(List<String> words) {
            return words.stream().distinct().mapToInt(this::length).sum();
        }

        private int length(String word) {
            return cachedCalls.call(new LengthKey(word), () -> slowLength(word), ttl(Duration.ofHours(1)));
        }

        private int slowLength(String word) {
            calls.incrementAndGet();
            return word.length();
        }
    }
    // docs:end calls

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        WeatherClient weatherClient() {
            return new WeatherClient();
        }

        @Bean
        WeatherService weatherService(WeatherClient client) {
            return new WeatherService(client);
        }

        @Bean
        StationService stationService(WeatherClient client) {
            return new StationService(client);
        }
    }
}
