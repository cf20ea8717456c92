package com.example.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.BackendDescription;
import dev.cacheness.spi.MetadataBackendProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend from outside: made known, described, chosen, configured and made unknown again, with the public API alone. */
class BackendRegistrationTests {

    @TempDir
    Path directory;

    private final NotebookProvider notebook = new NotebookProvider();

    @Test
    void registeredBackendIsChosenByNameAndGetsItsOptions() {
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .register(notebook)
                .metadataBackend("notebook")
                .metadataOptions(Map.of("owner", "Ada"));
        CacheKey<String> key = CacheKey.of("a", 1).as(String.class);

        try (Cacheness cache = builder.build()) {
            cache.put(key, "value");

            assertThat(cache.get(key)).contains("value");
        }
        assertThat(notebook.owners()).containsExactly("Ada");
    }

    @Test
    void backendThatIsAServiceNeedsNoRegistration() throws IOException {
        Path service = directory.resolve("META-INF/services/" + MetadataBackendProvider.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, NotebookProvider.class.getName());
        try (var loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, NotebookProvider.class.getClassLoader())) {
            CachenessBuilder builder = CachenessBuilder.at(directory).classLoader(loader);

            assertThat(builder.metadataBackends())
                    .extracting(BackendDescription::name)
                    .contains("notebook", "sqlite");
            builder.metadataBackend("notebook")
                    .metadataOptions(Map.of("owner", "Ada"))
                    .build()
                    .close();
        }
    }

    @Test
    void backendsAreDescribedWithoutBeingOpened() {
        CachenessBuilder builder = CachenessBuilder.at(directory).register(notebook);

        assertThat(builder.metadataBackends())
                .extracting(BackendDescription::name)
                .containsExactlyInAnyOrder("memory", "sqlite", "postgresql", "json", "notebook");
        assertThat(builder.metadataBackends())
                .contains(new BackendDescription(
                        "notebook", "Rows in the notebook of its owner", List.of("com.example:paper")))
                .allSatisfy(backend -> assertThat(backend.description()).isNotBlank());
        assertThat(builder.blobBackends()).extracting(BackendDescription::name).contains("filesystem", "memory");
        assertThat(notebook.owners()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void unregisteredBackendIsUnknownUntilItIsRegisteredAgain() {
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .register(notebook)
                .unregisterMetadataBackend("notebook")
                .unregisterMetadataBackend("sqlite")
                .unregisterBlobBackend("memory");

        assertThat(builder.metadataBackends())
                .extracting(BackendDescription::name)
                .doesNotContain("notebook", "sqlite");
        assertThat(builder.blobBackends()).extracting(BackendDescription::name).doesNotContain("memory");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("cacheness.metadata.backend=sqlite");
        assertThat(builder.register(notebook).metadataBackends())
                .extracting(BackendDescription::name)
                .contains("notebook");
    }

    @Test
    void unknownNameLeadsToTheNearestOne() {
        CachenessBuilder builder =
                CachenessBuilder.at(directory).register(notebook).metadataBackend("postgres");

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("cacheness.metadata.backend=postgres: There is no such backend.")
                .withMessageContaining("Did you mean 'postgresql'?")
                .withMessageContaining("memory, sqlite, postgresql, json, notebook");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void missingOptionIsTheBackendsOwnComplaint() {
        CachenessBuilder builder =
                CachenessBuilder.at(directory).register(notebook).metadataBackend("notebook");

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("cacheness.metadata.options.owner");
    }
}
