package com.example.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.BackendDescription;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackendProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob backend from outside: made known, described, chosen, configured and made unknown again, with the public API alone. */
class BlobBackendRegistrationTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("a", 1).as(byte[].class);

    @TempDir
    Path directory;

    private final ShelfProvider shelf = new ShelfProvider();

    @Test
    void registeredBackendIsChosenByNameAndOutlivesTheCache() {
        byte[] value = noise();
        try (Cacheness cache = open()) {
            cache.put(KEY, value);
        }

        try (Cacheness cache = open()) {
            assertThat(cache.get(KEY)).hasValue(value);
            assertThat(cache.verify().isSound()).isTrue();
        }
        assertThat(directory.resolve("blobs")).doesNotExist();
    }

    private Cacheness open() {
        // docs:start register-blob-backend
        Cacheness cache = CachenessBuilder.at(directory)
                .register(shelf)
                .blobBackend("shelf")
                .blobOptions(Map.of("room", "cellar"))
                .build();
        // docs:end register-blob-backend
        return cache;
    }

    @Test
    void openBackendCanBeGivenItself() {
        byte[] value = noise();
        try (Cacheness cache = CachenessBuilder.at(directory)
                .blobBackend(shelf.open(
                        new BackendSettings(directory, Durability.PROCESS, InstantSource.system(), Map.of())))
                .build()) {
            cache.put(KEY, value);

            assertThat(cache.get(KEY)).hasValue(value);
        }
    }

    @Test
    void backendThatIsAServiceNeedsNoRegistration() throws IOException {
        Path service = directory.resolve("META-INF/services/" + BlobBackendProvider.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, ShelfProvider.class.getName());
        try (var loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, ShelfProvider.class.getClassLoader())) {
            CachenessBuilder builder = CachenessBuilder.at(directory).classLoader(loader);

            assertThat(builder.blobBackends())
                    .extracting(BackendDescription::name)
                    .contains("shelf", "filesystem");
            builder.blobBackend("shelf").build().close();
        }
    }

    @Test
    void backendsAreDescribedWithoutBeingOpened() {
        assertThat(CachenessBuilder.at(directory).register(shelf).blobBackends())
                .contains(new BackendDescription("shelf", "Boxes on a shelf", List.of("com.example:wood")))
                .allSatisfy(backend -> assertThat(backend.description()).isNotBlank())
                .extracting(BackendDescription::name)
                .containsExactlyInAnyOrder("filesystem", "memory", "s3", "shelf");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void unregisteredBackendIsUnknownUntilItIsRegisteredAgain() {
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .register(shelf)
                .blobBackend("filesystem")
                .unregisterBlobBackend("shelf")
                .unregisterBlobBackend("filesystem");

        assertThat(builder.blobBackends()).extracting(BackendDescription::name).doesNotContain("shelf", "filesystem");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("cacheness.blob.backend=filesystem");
        assertThat(builder.register(shelf).blobBackends())
                .extracting(BackendDescription::name)
                .contains("shelf");
    }

    @Test
    void unknownNameLeadsToTheNearestOne() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> CachenessBuilder.at(directory)
                        .register(shelf)
                        .blobBackend("self")
                        .build())
                .withMessageContaining("cacheness.blob.backend=self: There is no such backend.")
                .withMessageContaining("Did you mean 'shelf'?");
        assertThat(directory).isEmptyDirectory();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
