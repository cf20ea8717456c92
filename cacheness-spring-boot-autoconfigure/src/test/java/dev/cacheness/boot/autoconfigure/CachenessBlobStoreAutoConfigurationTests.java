package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.actuate.BlobStoreHealthIndicator;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CachenessBlobStoreAutoConfigurationTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void configure() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessBlobStoreAutoConfiguration.class,
                        BlobStoreHealthContributorAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    private ApplicationContextRunner withStore(String... properties) {
        return runner.withPropertyValues("cacheness.blob-store.dir=" + directory.resolve("artifacts"))
                .withPropertyValues(properties);
    }

    @Test
    void thereIsNoStoreUnlessItsPlaceIsSet() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(Cacheness.class)
                .doesNotHaveBean(BlobStore.class)
                .doesNotHaveBean(BlobStoreHealthIndicator.class));
    }

    @Test
    void artifactIsThereAfterARestart() {
        withStore().run(context -> context.getBean(BlobStore.class).put("a", "value"));

        withStore()
                .run(context -> assertThat(context.getBean(BlobStore.class).get("a", String.class))
                        .contains("value"));
    }

    @Test
    void blobBackendIsEnough() {
        runner.withPropertyValues(
                        "cacheness.blob-store.blob.backend=memory", "cacheness.blob-store.metadata.backend=memory")
                .run(context -> assertThat(context).hasSingleBean(BlobStore.class));
    }

    @Test
    void propertiesReachTheStore() {
        withStore(
                        "cacheness.blob-store.versions=true",
                        "cacheness.blob-store.keep-versions=2",
                        "cacheness.blob-store.compression.codec=zstd",
                        "cacheness.blob-store.durability=process",
                        "cacheness.blob-store.metadata.backend=json")
                .run(context -> {
                    BlobStore store = context.getBean(BlobStore.class);
                    for (int i = 0; i < 3; i++) {
                        store.put("a", "x".repeat(10_000));
                    }

                    assertThat(store.versions("a"))
                            .extracting(BlobMetadata::version)
                            .containsExactly(3, 2);
                    assertThat(store.metadata("a").orElseThrow().codec()).isEqualTo("zstd");
                    assertThat(store.stats().metadataBackend()).isEqualTo("json");
                });
    }

    @Test
    void contentMayBeTheKey() {
        withStore("cacheness.blob-store.content-addressable=true").run(context -> {
            BlobStore store = context.getBean(BlobStore.class);

            assertThat(store.add("abc").key())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad-text");
        });
    }

    @Test
    void storeOfTheApplicationWins() {
        withStore()
                .withUserConfiguration(OwnStore.class)
                .run(context ->
                        assertThat(context).hasSingleBean(BlobStore.class).hasBean("own"));
    }

    @Test
    void customizerIsCalled() {
        withStore().withUserConfiguration(Versions.class).run(context -> {
            BlobStore store = context.getBean(BlobStore.class);
            store.put("a", "1");

            assertThat(store.put("a", "2").version()).isEqualTo(2);
        });
    }

    @Test
    void healthTellsHowMuchThereIs() {
        withStore().run(context -> {
            context.getBean(BlobStore.class).put("a", "value");
            var health = context.getBean(BlobStoreHealthIndicator.class).health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("blobs", 1L);

            context.getBean(BlobStore.class).close();
            assertThat(context.getBean(BlobStoreHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.DOWN);
        });
    }

    @Test
    void nothingIsThereIfAllIsSwitchedOff() {
        withStore("cacheness.enabled=false").run(context -> assertThat(context).doesNotHaveBean(BlobStore.class));
    }

    @Test
    void directoryOfTheCacheIsRefused() {
        runner.withPropertyValues("cacheness.blob-store.dir=" + directory.resolve("cache"))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("cacheness.blob-store.dir")
                        .hasMessageContaining("holds a cache"));
    }

    @ParameterizedTest
    @CsvSource({
        "cacheness.blob-store.compression.codec, zst",
        "cacheness.blob-store.compression.level, 99",
        "cacheness.blob-store.metadata.backend, sqllite",
        "cacheness.blob-store.blob.backend, s4",
        "cacheness.blob-store.blob.backend, memory",
        "cacheness.blob-store.keep-versions, -1"
    })
    void valueThatMakesNoSenseStopsTheStart(String property, String value) {
        withStore(property + "=" + value)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property + "=" + value));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStore {

        @Bean
        BlobStore own() {
            return BlobStoreBuilder.inMemory().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Versions {

        @Bean
        BlobStoreCustomizer versions() {
            return builder -> builder.versions(true);
        }
    }
}
