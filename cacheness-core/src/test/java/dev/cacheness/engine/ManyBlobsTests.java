package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.PutOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many blobs are deleted at once that several threads do it. */
class ManyBlobsTests {

    private static final int MANY = 1_200;

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path directory;

    @Test
    void allAreDeletedButTheOneThatCannotBe() throws IOException {
        try (Cacheness cache =
                CachenessBuilder.at(directory).inlineThreshold(0).clock(clock).build()) {
            for (int i = 0; i < MANY; i++) {
                cache.put(CacheKey.of("values", i), "value " + i, PutOption.ttl(Duration.ofMinutes(1)));
            }
            assertThat(blobs()).hasSize(MANY);
            Path stubborn = blobs().get(MANY / 2);
            Files.delete(stubborn);
            Files.writeString(Files.createDirectory(stubborn).resolve("inside"), "keeps the folder");

            cache.put(CacheKey.of("values", "for ever"), "value");
            clock.advance(Duration.ofMinutes(2));

            assertThat(cache.cleanUpExpired()).isEqualTo(MANY);
            assertThat(blobs()).hasSize(2).contains(stubborn.resolve("inside"));
        }
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
