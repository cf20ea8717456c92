package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One index on PostgreSQL, and directories that are or are not the one of its blobs. */
class SamePlaceIT {

    private static final CacheKey<byte[]> KEY = CacheKey.of("key", 1).as(byte[].class);

    private static final byte[] LARGE = new byte[100_000];

    @TempDir
    Path directory;

    @BeforeEach
    void dropSchema() {
        new Random(42).nextBytes(LARGE);
        PostgresqlServer.execute("drop schema if exists places cascade");
    }

    private static Cacheness open(Path directory) {
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(
                        Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", "places"))
                .build();
    }

    @Test
    void otherDirectoryIsRefusedOnceThereAreBlobs() {
        try (Cacheness cache = open(directory.resolve("one"))) {
            cache.put(KEY, LARGE);

            assertThatExceptionOfType(CacheConfigurationException.class)
                    .isThrownBy(() -> open(directory.resolve("other")))
                    .withMessageContaining("another place")
                    .withMessageContaining("same directory");

            assertThat(cache.get(KEY)).contains(LARGE);
        }
    }

    @Test
    void sameDirectoryIsTheSameWhereverItIs() throws Exception {
        try (Cacheness cache = open(directory.resolve("one"))) {
            cache.put(KEY, LARGE);
        }

        Path moved = Files.move(directory.resolve("one"), directory.resolve("moved"));

        try (Cacheness cache = open(moved);
                Cacheness second = open(moved)) {
            assertThat(cache.get(KEY)).contains(LARGE);
            assertThat(second.get(KEY)).contains(LARGE);
        }
    }

    @Test
    void anyDirectoryWillDoAsLongAsAllValuesAreInTheIndex() {
        CacheKey<String> small = CacheKey.of("key", 2).as(String.class);
        try (Cacheness cache = open(directory.resolve("one"));
                Cacheness other = open(directory.resolve("other"))) {
            cache.put(small, "small");

            assertThat(other.get(small)).contains("small");
        }
    }

    @Test
    void sharedDirectoryNeedsAnIndexThatKeepsIntents() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> CachenessBuilder.at(directory.resolve("one"))
                        .metadataBackend("json")
                        .blobOptions(Map.of("shared", "true"))
                        .build())
                .withMessageContaining("postgresql");
    }

    @Test
    void placeMayChangeWhenNoBlobIsLeft() {
        try (Cacheness cache = open(directory.resolve("one"))) {
            cache.put(KEY, LARGE);
            cache.clear();
        }

        try (Cacheness cache = open(directory.resolve("other"))) {
            cache.put(KEY, LARGE);
            assertThat(cache.get(KEY)).contains(LARGE);
        }
    }
}
