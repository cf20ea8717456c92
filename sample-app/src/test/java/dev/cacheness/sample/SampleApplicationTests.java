package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.TransactionManager;

/** Every test asks for a year or a state of its own, so that no test sees what another one cached. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.source-delay=20ms")
@DirtiesContext
class SampleApplicationTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    RestTestClient client;

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
    void summaryIsComputedOnceUntilItIsEvicted() {
        String uri = "/api/prices/summary?year=2001";

        String computed = get(uri, "MISS");
        String cached = get(uri, "HIT");
        evict(uri);
        String computedAgain = get(uri, "MISS");

        assertThat(cached).isEqualTo(computed).isEqualTo(computedAgain);
    }

    @Test
    void summaryIsThatOfTheYear() {
        client.get()
                .uri("/api/prices/summary?year=2008")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {
                          "year": 2008,
                          "days": 253,
                          "high": 1471.77002,
                          "low": 741.02002
                        }
                        """)
                .jsonPath("$.meanClose")
                .value(Double.class, mean -> assertThat(mean).isBetween(1220.0420, 1220.0421))
                .jsonPath("$.volatility")
                .value(Double.class, volatility -> assertThat(volatility).isBetween(0.410819, 0.410820));
    }

    @Test
    void airportsAreReadOnceUntilTheyAreEvicted() {
        String uri = "/api/airports?state=VT";

        String computed = get(uri, "MISS");
        String cached = get("/api/airports?state=vt", "HIT");
        evict(uri);
        String computedAgain = get(uri, "MISS");

        assertThat(cached).isEqualTo(computed).isEqualTo(computedAgain);
    }

    @Test
    void airportsAreThoseOfTheState() {
        client.get()
                .uri("/api/airports?state=TX")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(209)
                .jsonPath("$[?(@.iata == 'DAL')].name")
                .isEqualTo("Dallas Love");
    }

    @Test
    void onlyOneOfManyRequestsAsksTheProvider() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/prices/summary?year=2015"))
                .build();
        HttpClient http = HttpClient.newHttpClient();

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 8)
                .mapToObj(i -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers)
                .map(answer -> answer.join().headers().firstValue("X-Cache").orElse("none"))
                .containsOnlyOnce("MISS")
                .containsOnly("MISS", "HIT");
        assertThat(answers)
                .map(answer -> answer.join().body())
                .containsOnly(answers.get(0).join().body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/prices/summary",
                "/api/prices/summary?year=",
                "/api/prices/summary?year=abc",
                "/api/prices/summary?year=99999999999",
                "/api/airports",
                "/api/airports?state=",
                "/api/airports?state=T1",
                "/api/airports?state=Texas"
            })
    void badParameterIsAProblem(String uri) {
        expectProblem(client.get().uri(uri), HttpStatus.BAD_REQUEST);
        expectProblem(client.delete().uri(uri), HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/prices/summary?year=1999", "/api/prices/summary?year=-1", "/api/airports?state=XX"})
    void whatTheProviderDoesNotKnowIsAProblemEveryTime(String uri) {
        expectProblem(client.get().uri(uri), HttpStatus.NOT_FOUND);
        expectProblem(client.get().uri(uri), HttpStatus.NOT_FOUND);
    }

    @Test
    void largestEntriesAreThoseOfTheIndex() {
        get("/api/airports?state=CA", "MISS");

        client.get()
                .uri("/api/cache/largest?limit=1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(1)
                .jsonPath("$[0].digest")
                .value(String.class, digest -> assertThat(digest).hasSize(32))
                .jsonPath("$[0].namespace")
                .isEqualTo("airports")
                .jsonPath("$[0].sizeBytes")
                .value(Integer.class, size -> assertThat(size).isPositive())
                .jsonPath("$[0].createdAt")
                .isNotEmpty();
        client.get().uri("/api/cache/largest").exchange().expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "abc", "99999999999", "1.5"})
    void limitOutOfRangeIsAProblem(String limit) {
        expectProblem(client.get().uri("/api/cache/largest?limit=" + limit).exchange(), HttpStatus.BAD_REQUEST);
    }

    @Test
    void thereIsNoDataSource() {
        assertThat(context.getBeansOfType(DataSource.class)).isEmpty();
        assertThat(context.getBeansOfType(EntityManagerFactory.class)).isEmpty();
        assertThat(context.getBeansOfType(TransactionManager.class)).isEmpty();
    }

    @Test
    void otherMethodIsAProblem() {
        expectProblem(client.post().uri("/api/airports?state=TX"), HttpStatus.METHOD_NOT_ALLOWED);
    }

    @Test
    void evictingWhatIsNotCachedIsNoError() {
        evict("/api/prices/summary?year=2012");
        evict("/api/airports?state=WY");
    }

    @Test
    void healthEndpointAndMetersShowTheCache() {
        get("/api/prices/summary?year=2018", "MISS");
        get("/api/prices/summary?year=2018", "HIT");

        client.get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP");
        client.get().uri("/actuator/cacheness").exchange().expectStatus().isOk();
        // Meters are as old as a second.
        Awaitility.await()
                .untilAsserted(() -> client.get()
                        .uri("/actuator/metrics/cache.gets?tag=name:prices&tag=result:hit")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.measurements[0].value")
                        .value(Double.class, hits -> assertThat(hits).isPositive()));
    }

    private String get(String uri, String xCache) {
        return client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Cache", xCache)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private void evict(String uri) {
        client.delete()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("X-Cache", "MISS");
    }

    private static void expectProblem(RestTestClient.RequestHeadersSpec<?> request, HttpStatus status) {
        expectProblem(request.exchange().expectHeader().valueEquals("X-Cache", "MISS"), status);
    }

    private static void expectProblem(RestTestClient.ResponseSpec response, HttpStatus status) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value())
                .jsonPath("$.detail")
                .isNotEmpty();
    }
}
