package dev.cacheness.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleApplicationIT {

    private static final Path JAR =
            Path.of(System.getProperty("sample.jar", "target/sample-app.jar")).toAbsolutePath();

    /** Long enough that no machine is slow enough to mistake a cached answer for a computed one. */
    private static final Duration SOURCE_DELAY = Duration.ofSeconds(2);

    private static final String SUMMARY = "/api/prices/summary?year=2008";

    private static final String AIRPORTS = "/api/airports?state=TX";

    @TempDir
    Path directory;

    @Test
    void whatWasComputedSurvivesAKill() throws Exception {
        Map<String, String> environment = Map.of(
                "CACHENESS_DIR",
                directory.resolve("cache").toString(),
                "SAMPLE_SOURCE_DELAY",
                SOURCE_DELAY.toMillis() + "ms");
        Answer first;
        Answer airports;

        try (var application = SampleProcess.start(JAR, directory, environment)) {
            first = ask(application, SUMMARY);
            airports = ask(application, AIRPORTS);
            assertThat(first.xCache()).isEqualTo("MISS");
            assertThat(first.time()).isGreaterThanOrEqualTo(SOURCE_DELAY);
            assertThat(airports.xCache()).isEqualTo("MISS");

            Answer second = ask(application, SUMMARY);
            assertThat(second.xCache()).isEqualTo("HIT");
            assertThat(second.time()).isLessThan(SOURCE_DELAY);
            assertThat(second.body()).isEqualTo(first.body());

            application.kill();
        }

        try (var application = SampleProcess.start(JAR, directory, environment)) {
            Answer afterRestart = ask(application, SUMMARY);
            assertThat(afterRestart.xCache()).isEqualTo("HIT");
            assertThat(afterRestart.time()).isLessThan(SOURCE_DELAY);
            assertThat(afterRestart.body()).isEqualTo(first.body());
            assertThat(ask(application, AIRPORTS)).satisfies(again -> {
                assertThat(again.xCache()).isEqualTo("HIT");
                assertThat(again.body()).isEqualTo(airports.body());
            });

            assertThat(application.send("DELETE", SUMMARY).statusCode()).isEqualTo(204);

            Answer afterEviction = ask(application, SUMMARY);
            assertThat(afterEviction.xCache()).isEqualTo("MISS");
            assertThat(afterEviction.time()).isGreaterThanOrEqualTo(SOURCE_DELAY);
            assertThat(afterEviction.body()).isEqualTo(first.body());
        }
    }

    @Test
    void whatWasFetchedSurvivesAKill() throws Exception {
        Map<String, String> environment =
                Map.of("CACHENESS_DIR", directory.resolve("cache").toString());

        try (var application = SampleProcess.start(JAR, directory, environment)) {
            assertThat(fetched(application, "/api/prices?from=2008-09-01&to=2008-11-29"))
                    .isEqualTo("2008-09-01..2008-11-29");
            assertThat(fetched(application, "/api/airports/DAL")).isEqualTo("DAL");

            application.kill();
        }

        try (var application = SampleProcess.start(JAR, directory, environment)) {
            assertThat(fetched(application, "/api/prices?from=2008-09-01&to=2008-11-29"))
                    .isEmpty();
            assertThat(fetched(application, "/api/prices?from=2008-09-01&to=2008-12-31"))
                    .isEqualTo("2008-11-30..2008-12-31");
            assertThat(fetched(application, "/api/airports/DAL")).isEmpty();
        }
    }

    private static String fetched(SampleProcess application, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = application.send("GET", path);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("X-Fetched").orElse("none");
    }

    @Test
    void cacheIsBesideTheJarFromWhereverItIsStarted() throws Exception {
        Path jar = Files.copy(
                JAR, Files.createDirectory(directory.resolve("target")).resolve("sample-app.jar"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));

        try (var application = SampleProcess.start(jar, elsewhere, Map.of())) {
            ask(application, SUMMARY);
        }

        assertThat(jar.resolveSibling("cache")).isNotEmptyDirectory();
        assertThat(elsewhere).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    private static Answer ask(SampleProcess application, String path) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> response = application.send("GET", path);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        assertThat(response.statusCode()).isEqualTo(200);
        return new Answer(response.headers().firstValue("X-Cache").orElse("none"), time, response.body());
    }

    private record Answer(String xCache, Duration time, String body) {}
}
