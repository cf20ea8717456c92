package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Values of three kinds: JSON, an array and a table. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.source-delay=20ms")
@DirtiesContext
class SampleValuesTests {

    @TempDir
    static Path directory;

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper mapper;

    RestTestClient client;

    @DynamicPropertySource
    static void cacheDirectory(DynamicPropertyRegistry registry) {
        registry.add("cacheness.storage.dir", () -> directory.resolve("cache"));
    }

    @BeforeEach
    void connect() {
        client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    @Test
    void earthquakesAreKeptAsTheJsonThatCame() throws Exception {
        byte[] computed = get("/api/earthquakes", "MISS");
        byte[] cached = get("/api/earthquakes", "HIT");

        assertThat(cached).isEqualTo(computed);
        try (var file = new ClassPathResource("data/earthquakes.json").getInputStream()) {
            assertThat(mapper.readTree(cached)).isEqualTo(mapper.readTree(file));
        }
        assertThat(handlerOf("earthquakes")).isEqualTo("json");
    }

    @Test
    void returnsAreKeptAsAnArray() throws Exception {
        byte[] computed = get("/api/prices/returns", "MISS");
        byte[] cached = get("/api/prices/returns", "HIT");

        assertThat(cached).isEqualTo(computed);
        assertThat(mapper.readValue(cached, double[].class))
                .hasSize(5_104)
                .satisfies(returns ->
                        assertThat(DoubleStream.of(returns).max().orElseThrow()).isBetween(0.1095, 0.1096));
        assertThat(handlerOf("returns")).isEqualTo("array");
    }

    @Test
    void theTableIsAFileThatDuckDbReads() throws Exception {
        byte[] computed = get("/api/prices/table.parquet", "MISS");
        byte[] cached = get("/api/prices/table.parquet", "HIT");
        Path file = Files.write(directory.resolve("table.parquet"), cached);

        assertThat(cached).isEqualTo(computed);
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var row = duck.createStatement()
                        .executeQuery("select count(*), min(date), max(high) from '" + file + "'")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(5_105);
            assertThat(row.getObject(2, LocalDate.class)).isEqualTo(LocalDate.of(2000, 1, 3));
            assertThat(row.getDouble(3)).isEqualTo(3393.52002);
        }
        assertThat(handlerOf("price-tables")).isEqualTo("table");
    }

    private byte[] get(String uri, String xCache) {
        return client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Cache", xCache)
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
    }

    private String handlerOf(String namespace) {
        byte[] entries = client.get()
                .uri("/actuator/cacheness/entries?namespace=" + namespace)
                .exchange()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        return mapper.readTree(entries).at("/entries/0/handler").asString();
    }
}
