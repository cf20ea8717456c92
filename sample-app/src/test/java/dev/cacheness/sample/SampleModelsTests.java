package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.source-delay=1ms")
@DirtiesContext
class SampleModelsTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    RestTestClient client;

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) {
        registry.add("cacheness.storage.dir", () -> directory.resolve("cache"));
        registry.add("cacheness.blob-store.dir", () -> directory.resolve("artifacts"));
    }

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    private Map<String, Object> train(String query) {
        return Objects.requireNonNull(client.post()
                .uri("/api/models" + query)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    private List<String> keys(String query) {
        return Objects.requireNonNull(client.get()
                        .uri("/api/models" + query)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(new ParameterizedTypeReference<List<Map<String, Object>>>() {})
                        .returnResult()
                        .getResponseBody())
                .stream()
                .map(model -> String.valueOf(model.get("key")))
                .toList();
    }

    @Test
    void modelIsTrainedStoredAndFoundByWhatItExplains() {
        Map<String, Object> one = train("?days=1");
        Map<String, Object> ten = train("?days=10&from=2007&to=2009");
        double small = (Double) Objects.requireNonNull(one.get("rSquared"));
        double large = (Double) Objects.requireNonNull(ten.get("rSquared"));
        String key = String.valueOf(one.get("key"));

        assertThat(small).isBetween(0.005, 0.05);
        assertThat(large).isGreaterThan(small).isLessThan(0.2);
        assertThat(keys("")).contains(key, String.valueOf(ten.get("key")));
        assertThat(keys("?minRSquared=" + large))
                .contains(String.valueOf(ten.get("key")))
                .doesNotContain(key);
        assertThat(keys("?minRSquared=0.99")).isEmpty();
        client.get()
                .uri("/api/models/" + key)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.days")
                .isEqualTo(1)
                .jsonPath("$.coefficients.length()")
                .isEqualTo(1)
                .jsonPath("$.rSquared")
                .value(Double.class, value -> assertThat(value).isCloseTo(small, within(1e-12)));
    }

    @Test
    void nothingIsKnownOfOtherKeys() {
        client.get().uri("/api/models/none").exchange().expectStatus().isNotFound();
        client.get().uri("/api/models/..%2F..%2Fetc").exchange().expectStatus().is4xxClientError();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?days=0",
                "?days=61",
                "?days=x",
                "?from=2010&to=2009",
                "?from=1900&to=1910",
                "?days=60&from=2000&to=2000"
            })
    void modelThatCannotBeTrainedIsABadRequest(String query) {
        client.post().uri("/api/models" + query).exchange().expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?minRSquared=x", "?minRSquared=NaN", "?minRSquared=-1", "?minRSquared=1.5"})
    void questionThatMakesNoSenseIsABadRequest(String query) {
        client.get().uri("/api/models" + query).exchange().expectStatus().isBadRequest();
    }
}
