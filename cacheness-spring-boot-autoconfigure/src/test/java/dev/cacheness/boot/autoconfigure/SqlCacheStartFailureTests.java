package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.RangeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people read when the application does not start because of an SQL cache. */
@ExtendWith(OutputCaptureExtension.class)
class SqlCacheStartFailureTests {

    @TempDir
    Path directory;

    @Test
    void wrongSettingIsExplainedWithItsPropertyValueAndOrigin(CapturedOutput output) {
        Throwable failure = start("--cacheness.sql.caches.prices.max-fetches=0");

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: cacheness.sql.caches.prices.max-fetches")
                .contains("Value: \"0\"")
                .contains("Origin: ")
                .contains("It must be 1 or more.")
                .contains("Action:");
    }

    @Test
    void unknownChoiceIsExplainedWithTheOthers(CapturedOutput output) {
        Throwable failure = start("--cacheness.sql.caches.prices.on-error=ignore");

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("cacheness.sql.caches.prices.on-error")
                .contains("ignore")
                .containsIgnoringCase("partial");
    }

    @Test
    void fileThatIsNoDatabaseIsLeftAloneAndExplained(CapturedOutput output) throws IOException {
        Path file = Files.createDirectories(directory.resolve("cache/sql")).resolve("prices.duckdb");
        Files.writeString(file, "This is a diary. ".repeat(1000));

        Throwable failure = start();

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Cache 'prices'")
                .contains(file.toString())
                .contains("Property: cacheness.sql.caches.prices")
                .contains("cacheness.sql.caches.prices.url");
        assertThat(file).hasContent("This is a diary. ".repeat(1000));
    }

    private Throwable start(String... arguments) {
        var application = new SpringApplication(Application.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(
                Map.of("cacheness.storage.dir", directory.resolve("cache").toString()));
        return catchThrowable(() -> application.run(arguments).close());
    }

    record Price(@RangeKey LocalDate date, double close) {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({CachenessAutoConfiguration.class, CachenessSqlAutoConfiguration.class})
    static class Application {

        @Bean
        DataFetcher<Price> prices() {
            return request -> List.of();
        }
    }
}
