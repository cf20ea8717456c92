package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the packaged application, with the profile {@code cluster}, on one database. Where they keep large values is for subclasses to say. The
 * system property {@code sample.jar} names the application.
 */
public abstract class ClusterContract {

    private static final Path JAR = Path.of(System.getProperty("sample.jar"));

    private static final Duration SOURCE_DELAY = Duration.ofSeconds(2);

    private static final Duration LEASE = Duration.ofSeconds(1);

    private static final String SUMMARY = "/api/prices/summary?year=2008";

    private static final String NEXT_SUMMARY = "/api/prices/summary?year=2007";

    private static final String TABLE = "/api/prices/table.parquet";

    @TempDir
    private Path directory;

    private EmbeddedPostgres database;

    /** The environment of the instance that has this directory for itself. */
    protected abstract Map<String, String> environment(Path own);

    /** The names of the large values of the cache. */
    protected abstract List<String> largeValues() throws IOException;

    @BeforeEach
    void startDatabase() throws IOException {
        database = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterEach
    void stopDatabase() throws IOException {
        database.close();
    }

    @Test
    void instancesShareWhatTheyComputeAndFollowEachOther() throws Exception {
        try (SampleProcess a = start("a");
                SampleProcess b = start("b")) {
            assertComputedOnOneIsAHitOnTheOther(a, b, SUMMARY);
            assertThat(largeValues()).isEmpty();
            assertComputedOnOneIsAHitOnTheOther(a, b, TABLE);
            assertThat(largeValues()).hasSize(1);

            HttpResponse<String> trained = a.send("POST", "/api/models");
            String model = trained.headers().firstValue("Location").orElseThrow();
            assertThat(b.send("GET", model).statusCode()).isEqualTo(200);

            assertThat(b.send("DELETE", SUMMARY).statusCode()).isEqualTo(204);
            // The row is on the heap of A until the news have come.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(xCache(a.send("GET", SUMMARY))).isEqualTo("MISS"));

            CompletableFuture<Void> lost = CompletableFuture.runAsync(() -> askInVain(a));
            await().until(this::isLoading);
            a.kill();
            lost.join();
            long start = System.nanoTime();
            HttpResponse<String> followed = b.send("GET", NEXT_SUMMARY);
            assertThat(followed.statusCode()).isEqualTo(200);
            assertThat(xCache(followed)).isEqualTo("MISS");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(LEASE.plus(SOURCE_DELAY).plusSeconds(5));
        }
    }

    private static void assertComputedOnOneIsAHitOnTheOther(SampleProcess one, SampleProcess other, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> computed = one.send("GET", path);
        assertThat(computed.statusCode()).isEqualTo(200);
        assertThat(xCache(computed)).isEqualTo("MISS");
        HttpResponse<String> shared = other.send("GET", path);
        assertThat(xCache(shared)).isEqualTo("HIT");
        assertThat(shared.body()).isEqualTo(computed.body());
    }

    private SampleProcess start(String name) throws IOException {
        Path own = Files.createDirectory(directory.resolve(name));
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_PROFILES_ACTIVE", "cluster");
        environment.put("CLUSTER_DATABASE", "localhost:" + database.getPort() + "/postgres");
        environment.put("CLUSTER_USERNAME", "postgres");
        environment.put("CACHENESS_LOAD_LEASE", LEASE.toSeconds() + "s");
        // Below the size of the table, so that it goes where large values go.
        environment.put("CACHENESS_STORAGE_INLINE_THRESHOLD", "16KB");
        environment.put("SAMPLE_SOURCE_DELAY", SOURCE_DELAY.toSeconds() + "s");
        environment.putAll(environment(own));
        return SampleProcess.start(JAR, own, environment);
    }

    private static void askInVain(SampleProcess application) {
        try {
            application.send("GET", NEXT_SUMMARY);
        } catch (IOException | InterruptedException ex) {
            // It is killed before it can answer.
        }
    }

    private boolean isLoading() throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet leases = statement.executeQuery("select count(*) from cacheness_lease")) {
            leases.next();
            return leases.getInt(1) == 1;
        }
    }

    private static String xCache(HttpResponse<String> response) {
        return response.headers().firstValue("X-Cache").orElse("none");
    }
}
