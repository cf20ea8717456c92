package dev.cacheness.sample;

import dev.cacheness.boot.autoconfigure.CachenessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What is answered while the provider is switched off. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.source-delay=0ms")
class ProviderDownTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @Autowired
    private MovableClock clock;

    private RestTestClient client;

    @DynamicPropertySource
    static void cacheDirectory(DynamicPropertyRegistry registry) {
        registry.add("cacheness.storage.dir", () -> directory);
    }

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    @AfterEach
    void switchOn() {
        post("/api/provider/up");
    }

    @Test
    void pricesInTheCacheAreAnsweredAsStaleAndOthersAreNot() {
        for (String path : new String[] {
            "/api/prices?from=2008-09-01&to=2008-10-31",
            "/api/prices/summary?year=2008",
            "/api/prices/highest?year=2008"
        }) {
            expect(path, 200, "MISS");
            expect(path, 200, "HIT");

            post("/api/provider/down");
            expect(path, 200, "STALE");

            post("/api/provider/up");
            expect(path, 200, "HIT");
        }
        post("/api/provider/down");
        expect("/api/prices/summary?year=2001", 503, "MISS");
        expect("/api/prices?from=2001-09-01&to=2001-10-31", 503, "MISS");
    }

    @Test
    void expiredPricesAreAnsweredForSevenDaysMore() {
        for (String path : new String[] {"/api/prices/summary?year=2007", "/api/prices/highest?year=2007"}) {
            expect(path, 200, "MISS");
            clock.advance(Duration.ofHours(13));
            expect(path, 200, "MISS");

            post("/api/provider/down");
            clock.advance(Duration.ofHours(13));
            expect(path, 200, "STALE");
            clock.advance(Duration.ofDays(8));
            expect(path, 503, "MISS");

            post("/api/provider/up");
            expect(path, 200, "MISS");
        }
    }

    @Test
    void answersThatNoProviderIsAskedForSayNothingOfIt() {
        for (String path : new String[] {"/api/models", "/api/cache/largest"}) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("X-Cache");
        }
    }

    private void expect(String path, int status, String cache) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .valueEquals("X-Cache", cache);
    }

    private void post(String path) {
        client.post()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .doesNotExist("X-Cache");
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class ClockConfiguration {

        @Bean
        @CachenessClock
        MovableClock cacheClock() {
            return new MovableClock();
        }
    }

    /** The time of the system, and more. */
    static final class MovableClock implements InstantSource {

        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(ahead);
        }
    }
}
