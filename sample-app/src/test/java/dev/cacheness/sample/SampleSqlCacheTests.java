package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Every test asks for years or airports of its own, so that no test sees what another one fetched. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.source-delay=20ms")
@DirtiesContext
class SampleSqlCacheTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

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
    void onlyTheDifferenceOfAnOverlappingRangeIsFetched() {
        String first = get("/api/prices?from=2008-09-01&to=2008-11-29", 1, "2008-09-01..2008-11-29");
        String again = get("/api/prices?from=2008-09-01&to=2008-11-29", 0, null);
        String longer = get("/api/prices?from=2008-09-01&to=2008-12-31", 1, "2008-11-30..2008-12-31");
        get("/api/prices?from=2008-09-01&to=2008-12-31", 0, null);
        get("/api/prices?from=2008-08-30&to=2009-01-02", 2, "2008-08-30..2008-08-31,2009-01-01..2009-01-02");

        assertThat(again).isEqualTo(first);
        assertThat(longer).startsWith(first.substring(0, first.length() - 1));
    }

    @Test
    void pricesAreThoseOfTheRangeWithBothEnds() {
        client.get()
                .uri("/api/prices?from=2003-01-02&to=2003-01-07")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$[*].date")
                .value(
                        Object.class,
                        dates -> assertThat(dates)
                                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                                .containsExactly("2003-01-02", "2003-01-03", "2003-01-06", "2003-01-07"));
    }

    @Test
    void rangeThatEndsOnASaturdayIsFetchedOnce() {
        get("/api/prices?from=2005-03-07&to=2005-03-12", 1, "2005-03-07..2005-03-12");
        get("/api/prices?from=2005-03-07&to=2005-03-12", 0, null);
    }

    @Test
    void rangeWithoutPricesIsFetchedOnce() {
        assertThat(get("/api/prices?from=1990-01-01&to=1990-12-31", 1, "1990-01-01..1990-12-31"))
                .isEqualTo("[]");
        assertThat(get("/api/prices?from=1990-01-01&to=1990-12-31", 0, null)).isEqualTo("[]");
    }

    @Test
    void monthsAreThoseOfTheYear() {
        String uri = "/api/prices/monthly?year=2012";

        get("/api/prices?from=2012-01-01&to=2012-06-30", 1, "2012-01-01..2012-06-30");
        get(uri, 1, "2012-07-01..2012-12-31");
        get(uri, 0, null);

        client.get()
                .uri(uri)
                .exchange()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(12)
                .jsonPath("$[0].month")
                .isEqualTo(1)
                .jsonPath("$[0].days")
                .isEqualTo(20)
                .jsonPath("$[0].meanClose")
                .value(Double.class, mean -> assertThat(mean).isBetween(1250.0, 1350.0));
    }

    @Test
    void airportIsFetchedOnceHoweverItIsWritten() {
        String first = get("/api/airports/BTV", 1, "BTV");

        assertThat(get("/api/airports/btv", 0, null)).isEqualTo(first).contains("Burlington");
    }

    @Test
    void severalAirportsAreFetchedInOneCall() {
        get("/api/airports/SFO", 1, "SFO");

        assertThat(get("/api/airports?iata=SFO,LAX,SEA", 1, "LAX,SEA"))
                .contains("SFO")
                .contains("LAX")
                .contains("SEA");
    }

    @Test
    void unknownAirportIsAskedForOnce() {
        assertThat(headersOfNotFound("/api/airports/QQQ").getFirst("X-Source-Calls"))
                .isEqualTo("1");
        assertThat(headersOfNotFound("/api/airports/QQQ").getFirst("X-Source-Calls"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/prices",
                "/api/prices?from=2008-09-01",
                "/api/prices?from=&to=2008-09-01",
                "/api/prices?from=2008-12-31&to=2008-09-01",
                "/api/prices?from=2008-02-30&to=2008-03-01",
                "/api/prices?from=yesterday&to=2008-03-01",
                "/api/prices?from=%2B99999-01-01&to=%2B99999-01-02",
                "/api/prices/monthly",
                "/api/prices/monthly?year=abc",
                "/api/airports/x",
                "/api/airports/%27--"
            })
    void badParameterIsAProblem(String uri) {
        client.get()
                .uri(java.net.URI.create("http://localhost:" + port + uri))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1989, -1, 2999, 99999})
    void yearWithoutPricesIsNotFound(int year) {
        headersOfNotFound("/api/prices/monthly?year=" + year);
    }

    @Test
    void allDaysThereAreFitIntoOneAnswer() {
        client.get()
                .uri("/api/prices?from=0001-01-01&to=9999-12-31")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .value(Integer.class, rows -> assertThat(rows).isGreaterThan(5000));
    }

    @Test
    void endpointAndMetersShowTheCaches() {
        get("/api/prices?from=1985-01-01&to=1985-01-31", 1, "1985-01-01..1985-01-31");

        client.get()
                .uri("/actuator/sqlcaches")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.caches.prices.engine")
                .isEqualTo("duckdb")
                .jsonPath("$.caches.airportsByCode.engine")
                .isEqualTo("sqlite");
        client.get()
                .uri("/actuator/sqlcaches/prices/explain?from=1985-01-20&to=1985-02-10")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.calls[0].from")
                .isEqualTo("1985-02-01");
        client.get()
                .uri("/actuator/metrics/cacheness.sql.calls?tag=cache:prices")
                .exchange()
                .expectStatus()
                .isOk();
        // It can only be read.
        client.delete()
                .uri("/actuator/sqlcaches/prices?all=true")
                .exchange()
                .expectStatus()
                .is4xxClientError();
    }

    private String get(String uri, int calls, String fetched) {
        var answer = client.get().uri(uri).exchange().expectStatus().isOk().expectBody(String.class);
        HttpHeaders headers = answer.returnResult().getResponseHeaders();
        assertThat(headers.getFirst("X-Source-Calls")).isEqualTo(Integer.toString(calls));
        assertThat(headers.getFirst("X-Fetched")).isEqualTo(fetched == null ? "" : fetched);
        assertThat(headers.getFirst("X-Cache")).isEqualTo(calls == 0 ? "HIT" : "MISS");
        return answer.returnResult().getResponseBody();
    }

    private HttpHeaders headersOfNotFound(String uri) {
        return client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isNotEmpty()
                .returnResult()
                .getResponseHeaders();
    }
}
