package smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.boot.cache.CachenessCacheManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A reactive application with Actuator that caches the answers of its methods. */
class WebFluxTests {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void everythingOfTheApplicationIsAsItWas() {
        Set<String> without;
        try (ConfigurableApplicationContext context = run("--cacheness.enabled=false", "--spring.cache.type=simple")) {
            without = beans(context);
        }

        try (ConfigurableApplicationContext context = run("--spring.cache.type=simple")) {
            assertThat(beans(context)).isEqualTo(without);
        }
    }

    @Test
    void answersAreCachedAndThereAfterARestart() throws Exception {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBean(CacheManager.class)).isInstanceOf(CachenessCacheManager.class);
            assertThat(get(context, "/quotes/a")).isEqualTo("a1");
            await().untilAsserted(() -> assertThat(context.getBean(CacheManager.class)
                            .getCache("quotes")
                            .get("a"))
                    .isNotNull());
            assertThat(get(context, "/actuator/health"))
                    .contains("\"cacheness\"")
                    .contains("UP");
            assertThat(get(context, "/actuator/cacheness")).contains("\"metadataBackend\":\"sqlite\"");
            assertThat(get(context, "/actuator/metrics/cache.gets?tag=cache:quotes"))
                    .contains("cache.gets");
        }

        try (ConfigurableApplicationContext context = run()) {
            assertThat(get(context, "/quotes/a")).isEqualTo("a1");
            assertThat(get(context, "/quotes/b")).isEqualTo("b1");
        }
    }

    private String get(ConfigurableApplicationContext context, String path) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port");
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private ConfigurableApplicationContext run(String... arguments) {
        SpringApplication spring = new SpringApplication(Application.class);
        spring.setDefaultProperties(Map.of(
                "spring.main.banner-mode", "off",
                "server.port", "0",
                "server.shutdown", "immediate",
                "spring.reactor.netty.shutdown-quiet-period", "0s",
                "management.endpoints.web.exposure.include", "*",
                "management.endpoint.health.show-details", "always",
                "cacheness.storage.dir", directory.resolve("cache").toString()));
        return spring.run(arguments);
    }

    /** The beans of the application: all but those that say that they are the cache's. */
    private static Set<String> beans(ConfigurableApplicationContext context) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> !name.toLowerCase(Locale.ROOT).contains("cacheness"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @SpringBootApplication
    @EnableCaching
    static class Application {

        @Bean
        Quotes quotes() {
            return new Quotes();
        }
    }

    static class Quotes {

        private final AtomicInteger calls = new AtomicInteger();

        /** Ends on a thread that must not block, as the answer of a remote service does. */
        @Cacheable("quotes")
        public Mono<String> quote(String name) {
            return Mono.fromSupplier(() -> name + calls.incrementAndGet()).publishOn(Schedulers.parallel());
        }
    }

    @RestController
    static class QuoteController {

        private final Quotes quotes;

        QuoteController(Quotes quotes) {
            this.quotes = quotes;
        }

        @GetMapping("/quotes/{name}")
        Mono<String> quote(@PathVariable String name) {
            return quotes.quote(name);
        }
    }
}
