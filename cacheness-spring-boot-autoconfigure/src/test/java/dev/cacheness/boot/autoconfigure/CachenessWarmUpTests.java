package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CachenessWarmUpTests {

    private static final CacheKey<String> KEY = CacheKey.of("k", 1).as(String.class);

    @TempDir
    Path directory;

    private Path bundle;

    private ApplicationContextRunner runner;

    @BeforeEach
    void writeBundle() {
        bundle = directory.resolve("cache.bundle");
        try (Cacheness cache = CachenessBuilder.inMemory().build()) {
            cache.put(KEY, "value");
            cache.exportTo(EntryQuery.all(), bundle);
        }
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(CachenessAutoConfiguration.class, CachenessWarmUpAutoConfiguration.class))
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"), "cacheness.warm-up.bundle=" + bundle);
    }

    @Test
    void entriesOfTheBundleAreThereSoon(CapturedOutput output) {
        runner.run(context -> {
            Cacheness cache = context.getBean(Cacheness.class);

            await().untilAsserted(() -> assertThat(cache.get(KEY)).contains("value"));
            await().untilAsserted(() -> assertThat(output).contains("Imported 1 entries from " + bundle));
        });
    }

    @Test
    void alteredBundleIsAWarningAndTheApplicationRuns(CapturedOutput output) throws IOException {
        byte[] altered = Files.readAllBytes(bundle);
        altered[altered.length / 2] ^= 1;
        Files.write(bundle, altered);

        runner.run(context -> {
            assertThat(context).hasNotFailed();
            await().untilAsserted(() -> assertThat(output).contains("The cache starts without the entries"));
            assertThat(context.getBean(Cacheness.class).get(KEY)).isEmpty();
        });
    }

    @Test
    void missingBundleIsAWarningAndTheApplicationRuns(CapturedOutput output) {
        runner.withPropertyValues("cacheness.warm-up.bundle=" + directory.resolve("none"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    await().untilAsserted(() -> assertThat(output).contains("The cache starts without the entries"));
                });
    }

    @Test
    void nothingHappensWithoutABundle() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(CachenessAutoConfiguration.class, CachenessWarmUpAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WarmUp.class));
    }
}
