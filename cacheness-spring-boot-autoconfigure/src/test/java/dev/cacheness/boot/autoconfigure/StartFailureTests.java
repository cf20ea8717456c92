package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What people read when the application does not start because of the cache. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cacheness.storage.max-size | -5MB | -5242880 | at least 1 byte",
                "cacheness.storage.max-size | abc | abc | 10GB",
                "cacheness.storage.max-size | 0 | 0 | at least 1 byte",
                "cacheness.storage.inline-threshold | 3GB | 3221225472B | 2 GB",
                "cacheness.storage.inline-threshold | 1GB | 1073741824 | Use 0",
                "cacheness.storage.durability | none | none | process",
                "cacheness.default-ttl | 0h | PT0S | leave it out",
                "cacheness.default-ttl | -1h | PT-1H | positive",
                "cacheness.default-ttl | NaN | NaN | 6h",
                "cacheness.default-ttl | 40000d | PT960000H | 36500 days",
                "cacheness.read-timeout | 0s | PT0S | Use 50 ms to 1 min",
                "cacheness.read-timeout | -2s | PT-2S | Use 50 ms to 1 min",
                "cacheness.read-timeout | 5m | PT5M | Use 50 ms to 1 min",
                "cacheness.caches.weather.ttl | 0s | PT0S | positive",
                "cacheness.caches.weather.soft-ttl | -1s | PT-1S | positive",
                "cacheness.caches.weather.sofd-ttl | 1h | cacheness.caches.weather.sofd-ttl | Did you mean 'soft-ttl'?",
                "cacheness.caches.weather.codec | zst | zst | Did you mean 'zstd'?",
                "cacheness.caches.weather.handler | jsn | jsn | Did you mean 'json'?",
                "cacheness.caches.weather.jitter | 1.5 | 1.5 | Use 0.0 to 1.0",
                "cacheness.caches.weather.eviction | mru | mru | lfu",
                "cacheness.caches[reports-*].soft-timeout | 1s | PT1S | cacheness.caches[reports-*].stale-if-error",
                "cacheness.metadata.backend | sqllite | sqllite | sqlite",
                "cacheness.metadata.url | jdbc:postgresql://db/shop | cacheness.metadata.url |"
                        + " cacheness.metadata.backend=postgresql",
                "cacheness.metadata.datasource | primary | primary | cacheness.metadata.backend=postgresql",
                "cacheness.blob.backend | s4 | s4 | filesystem",
                "cacheness.blob.backend | memory | memory | restart",
                "cacheness.compression.codec | zst | zst | zstd",
                "cacheness.compression.level | 0 | 0 | zstd",
                "cacheness.compression.level | high | high | whole number",
                "cacheness.compression.level | 23 | 23 | 1 to",
                "cacheness.compression.min-size | -1B | -1 | Use 0",
                "cacheness.keys.max-depth | 0 | 0 | Use 1",
                "cacheness.handlers.order | jsn | jsn | json",
                "cacheness.handlers.disabled | jsn | jsn | json",
                "cacheness.spring-cache.mode | both | both | primary",
            })
    void mistakeStopsTheStartWithPropertyValueRangeAndAction(
            String property, String value, String shownValue, String allowed, CapturedOutput output) {
        Throwable failure = start(Map.of(), "--" + property + "=" + value);

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Action:")
                .contains(property)
                .contains(shownValue)
                .containsIgnoringCase(allowed)
                .contains("\"" + property + "\" from property source \"commandLineArgs\"");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"CACHENESS_MAX_SIZE_MB,ten,ten", "CACHENESS_MAX_SIZE_MB,-5,-5", "CACHENESS_BACKEND,sqllite,sqllite"})
    void mistakeInTheEnvironmentNamesTheVariable(
            String variable, String value, String shownValue, CapturedOutput output) {
        Throwable failure = start(Map.of(variable, value));

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(shownValue)
                .contains("System Environment Property \"" + variable + "\"");
    }

    @Test
    void patternThatIsNotInBracketsStopsTheStart(CapturedOutput output) {
        Throwable failure = start(Map.of(), "--cacheness.caches.reports-*.ttl=1h");

        assertThat(failure).isNotNull();
        assertThat(output).contains("cacheness.caches[reports-*]");
    }

    @Test
    void fileInPlaceOfTheDirectory(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("cache"), "mine");

        assertThat(start(Map.of())).isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("It is a file.")
                .contains("cacheness.storage.dir")
                .contains("Action:");
        assertThat(file).hasContent("mine");
    }

    @Test
    void newerLayoutIsLeftAsItIs(CapturedOutput output) throws IOException {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Files.writeString(cache.resolve("LAYOUT"), "cacheness 99\n");

        assertThat(start(Map.of())).isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("99")
                .contains("cacheness.storage.dir");
        assertThat(cache).isDirectoryContaining(file -> file.endsWith("LAYOUT"));
        assertThat(cache.resolve("LAYOUT")).hasContent("cacheness 99\n");
    }

    @Test
    void databaseThatIsNoneIsLeftAsItIs(CapturedOutput output) throws IOException {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Files.writeString(cache.resolve("LAYOUT"), "cacheness 1\n");
        Path database = Files.writeString(cache.resolve("cacheness.db"), "this is no database at all".repeat(100));
        byte[] before = Files.readAllBytes(database);

        assertThat(start(Map.of())).isNotNull();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("cacheness.db")
                .contains("cacheness.storage.dir")
                .contains("cacheness.enabled=false");
        assertThat(database).hasBinaryContent(before);
    }

    @Test
    void directoryBelowAFile(CapturedOutput output) throws IOException {
        Files.writeString(directory.resolve("file"), "");

        assertThat(start(Map.of(), "--cacheness.storage.dir=" + directory.resolve("file/cache")))
                .isNotNull();

        assertThat(output).contains("APPLICATION FAILED TO START").contains("cacheness.storage.dir");
    }

    private Throwable start(Map<String, Object> variables, String... arguments) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setEnvironment(environment);
        application.setDefaultProperties(
                Map.of("cacheness.storage.dir", directory.resolve("cache").toString()));
        return catchThrowable(() -> application.run(arguments).close());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CachenessAutoConfiguration.class)
    static class Application {}
}
