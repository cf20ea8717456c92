package dev.cacheness.sample.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.boot.autoconfigure.SqlCacheCustomizer;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.SqlCacheBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A provider that fails in the middle of a range, and an operator who removes a range. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "sample.source-delay=0ms",
            "cacheness.sql.caches.prices.max-fetch-span=31d",
            "cacheness.sql.caches.prices.fetch-parallelism=1",
            "management.endpoint.sqlcaches.access=unrestricted"
        })
@DirtiesContext
class PriceFaultsTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @Autowired
    AtomicReference<LocalDate> failing;

    RestTestClient client;

    @TestConfiguration(proxyBeanMethods = false)
    static class Faults {

        /** The first day of a call that fails. */
        @Bean
        AtomicReference<LocalDate> failing() {
            return new AtomicReference<>(LocalDate.MIN);
        }

        @Bean
        SqlCacheCustomizer faults(ObjectProvider<DataFetcher<DailyPrice>> source, AtomicReference<LocalDate> failing) {
            return (cache, builder) -> {
                if (cache.equals("prices")) {
                    insert(builder, source.getObject(), failing);
                }
            };
        }

        @SuppressWarnings("unchecked")
        private static void insert(
                SqlCacheBuilder<?> builder, DataFetcher<DailyPrice> source, AtomicReference<LocalDate> failing) {
            ((SqlCacheBuilder<DailyPrice>) builder).fetcher(request -> {
                if (request.fromDate().equals(failing.get())) {
                    throw new IOException("The provider has failed");
                }
                return source.fetch(request);
            });
        }
    }

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

    @Test
    void chunksThatCameAreThereWhenTheProviderIsBack() {
        failing.set(LocalDate.of(2001, 2, 1));

        client.get()
                .uri("/api/prices?from=2001-01-01&to=2001-03-31")
                .exchange()
                .expectStatus()
                .is5xxServerError();
        failing.set(LocalDate.MIN);

        assertThat(fetched("/api/prices?from=2001-01-01&to=2001-01-31")).isEmpty();
        assertThat(fetched("/api/prices?from=2001-01-01&to=2001-03-31")).startsWith("2001-02-01..");
    }

    @Test
    void removedRangeIsFetchedAgain() {
        fetched("/api/prices?from=2002-01-01&to=2002-01-31");

        client.delete()
                .uri("/actuator/sqlcaches/prices?from=2002-01-10&to=2002-01-20")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.removed")
                .isEqualTo(7);

        assertThat(fetched("/api/prices?from=2002-01-01&to=2002-01-31")).isEqualTo("2002-01-10..2002-01-19");
        client.delete()
                .uri("/actuator/sqlcaches/prices?from=yesterday")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private String fetched(String uri) {
        return client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseHeaders()
                .getFirst("X-Fetched");
    }
}
