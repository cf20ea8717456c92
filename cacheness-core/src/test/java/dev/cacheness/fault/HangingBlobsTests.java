package dev.cacheness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.internal.blob.FilesystemBlobBackendProvider;
import dev.cacheness.internal.metadata.MemoryMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see of a place of blobs that does not answer, such as a directory on a network whose server is away. */
class HangingBlobsTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("key", 1).as(byte[].class);

    private static final CacheKey<byte[]> OTHER = CacheKey.of("key", 2).as(byte[].class);

    private static final byte[] VALUE = bytes(3_000_000);

    private static final Duration LIMIT = Duration.ofMillis(200);

    /** For a machine that has other things to do. */
    private static final Duration IN_TIME = Duration.ofMillis(1_500);

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path directory;

    private HangingBlobs blobs;

    private Cacheness cache;

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void open() {
        var settings = new BackendSettings(directory, Durability.PROCESS, clock, Map.of());
        blobs = new HangingBlobs(new FilesystemBlobBackendProvider().open(settings));
        cache = CachenessBuilder.at(directory)
                .readTimeout(LIMIT)
                .clock(clock)
                .metadataBackend(new MemoryMetadataBackendProvider().open(settings))
                .blobBackend(blobs)
                .build();
        cache.put(KEY, VALUE);
    }

    @AfterEach
    void close() {
        blobs.release();
        cache.close();
    }

    @Test
    void getIsAMissInTimeThenAtOnceAndAHitAgainWhenTheBlobsAreBack() {
        blobs.hangOn("open");

        assertThat(timed(IN_TIME, () -> cache.lookup(KEY))).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        for (int i = 0; i < 20; i++) {
            assertThat(timed(AT_ONCE, () -> cache.lookup(KEY))).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        }
        assertThat(blobs.held()).isEqualTo(1);

        blobs.release();
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.get(KEY)).hasValueSatisfying(value -> assertThat(value).isEqualTo(VALUE));
        assertThat(cache.get(KEY)).isPresent();
    }

    @Test
    void oneCallerAtATimeFindsOutWhetherTheBlobsAreBack() {
        blobs.hangOn("open");
        cache.get(KEY);
        clock.advance(Duration.ofSeconds(1));

        assertThat(timed(IN_TIME, () -> cache.get(KEY))).isEmpty();
        assertThat(timed(AT_ONCE, () -> cache.get(KEY))).isEmpty();
        assertThat(blobs.held()).isEqualTo(2);
    }

    @Test
    void readThatStopsHalfWayIsAMissInTime() {
        blobs.hangOn("read");

        assertThat(timed(IN_TIME, () -> cache.lookup(KEY))).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
    }

    @Test
    void putFailsInTimeThenAtOnceAndLeavesNoBlob() {
        blobs.hangOn("commit");

        // The bytes count, too: a slow network may need a while for them.
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> timed(Duration.ofSeconds(20), () -> cache.put(OTHER, bytes(100_000))))
                .withStackTraceContaining("did not answer within");
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> timed(AT_ONCE, () -> cache.put(OTHER, VALUE)))
                .withStackTraceContaining("not called again");
        assertThat(cache.exists(OTHER)).isFalse();

        blobs.release();
        await().untilAsserted(() -> assertThat(files()).isEqualTo(1));
        clock.advance(Duration.ofSeconds(1));
        cache.put(OTHER, VALUE);
        assertThat(cache.get(OTHER)).isPresent();
    }

    @Test
    void blobThatIsBegunTooLateIsGivenUp() {
        blobs.hangOn("create");
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> timed(IN_TIME, () -> cache.put(OTHER, VALUE)));

        blobs.release();

        await().untilAsserted(() -> assertThat(files()).isEqualTo(1));
    }

    @Test
    void smallValuesAndLoadsGoOn() {
        CacheKey<String> small = CacheKey.of("small", 1).as(String.class);
        cache.put(small, "value");
        blobs.hangOn("open", "create", "commit");

        assertThat(timed(Duration.ofSeconds(3), () -> cache.getOrCompute(KEY, key -> VALUE)))
                .isSameAs(VALUE);
        assertThat(timed(AT_ONCE, () -> cache.getOrCompute(OTHER, key -> VALUE)))
                .isSameAs(VALUE);
        assertThat(cache.get(small)).contains("value");
        cache.put(small, "another");
        assertThat(cache.get(small)).contains("another");
    }

    @Test
    void interruptNeitherEndsTheReadNorIsForgotten() {
        Thread.currentThread().interrupt();

        assertThat(cache.get(KEY)).isPresent();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static <T> T timed(Duration limit, Supplier<T> action) {
        long start = System.nanoTime();
        try {
            return action.get();
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        }
    }

    private long files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve("blobs"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
