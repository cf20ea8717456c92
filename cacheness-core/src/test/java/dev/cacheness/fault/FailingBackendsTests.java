package dev.cacheness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.EntryQuery;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.internal.blob.FilesystemBlobBackendProvider;
import dev.cacheness.internal.metadata.MemoryMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.MetadataBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller sees when the index or the place of the blobs fails, and what is there afterwards. */
class FailingBackendsTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("key", 1).as(byte[].class);

    private static final byte[] OLD = new byte[100_000];

    private static final byte[] NEW = new byte[200_000];

    @TempDir
    Path directory;

    private final Faults index = new Faults(() -> new CacheMetadataException("out of order"));

    private final Faults blobs = new Faults(() -> new IOException("out of order"));

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory)
                .codec("none")
                .metadataBackend(
                        index.wrap(MetadataBackend.class, new MemoryMetadataBackendProvider().open(settings())))
                .blobBackend(blobs.wrap(BlobBackend.class, new FilesystemBlobBackendProvider().open(settings())))
                .build();
        cache.put(KEY, OLD);
    }

    @AfterEach
    void close() {
        index.failOn();
        blobs.failOn();
        cache.close();
    }

    @Test
    void failedPutLeavesTheFormerValueAndNoBlob() throws IOException {
        index.failOn("put");
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.put(KEY, NEW));
        blobs.failOn("create");
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> cache.put(KEY, NEW))
                .withMessageContaining("out of order");
        index.failOn();

        assertThat(cache.get(KEY)).hasValueSatisfying(value -> assertThat(value).isEqualTo(OLD));
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void handlerThatFailsHalfWayLeavesTheFormerValueAndNoBlob() throws IOException {
        Cacheness broken = CachenessBuilder.at(directory.resolve("broken"))
                .handler(new BreakingHandler(), 0)
                .build();
        try (broken) {
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> broken.put(CacheKey.of("key", 1), new StringBuilder("value")))
                    .withMessageContaining("breaking")
                    .withMessageContaining("java.lang.StringBuilder");

            assertThat(broken.exists(CacheKey.of("key", 1))).isFalse();
            try (Stream<Path> paths = Files.walk(directory.resolve("broken/blobs"))) {
                assertThat(paths.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void readsAreMissesWhileTheIndexIsDownAndHitsAgainAfterwards() {
        index.failOn("find", "findDescribed", "list", "count", "totals");

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));
        assertThat(cache.exists(KEY)).isFalse();
        assertThat(cache.metadata(KEY)).isEmpty();
        assertThat(cache.entries(EntryQuery.all())).isEmpty();
        assertThat(cache.stats().misses()).containsEntry(MissReason.BACKEND_DOWN, 2L);

        index.failOn();
        await().untilAsserted(() -> assertThat(cache.get(KEY)).isPresent());
    }

    @Test
    void readsAreMissesWhileTheBlobsAreDownAndTheEntryStays() {
        blobs.failOn("open");

        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));

        blobs.failOn();
        assertThat(cache.get(KEY)).isPresent();
    }

    @Test
    void entryStaysWhileTheDirectoryOfTheBlobsIsAway() throws IOException {
        Files.move(directory.resolve("blobs"), directory.resolve("elsewhere"));

        assertThat(cache.lookup(KEY)).isEqualTo(new Lookup.Miss<>(MissReason.BACKEND_DOWN));

        Files.move(directory.resolve("elsewhere"), directory.resolve("blobs"));
        assertThat(cache.get(KEY)).isPresent();
    }

    @Test
    void loadedValueIsReturnedWhileTheIndexIsDown() {
        index.failOn("find", "findDescribed", "put", "invalidations");

        assertThat(cache.getOrCompute(KEY, key -> NEW)).isSameAs(NEW);
        assertThat(cache.getOrCompute(KEY, key -> NEW)).isSameAs(NEW);
    }

    @Test
    void loadedValueThatCannotBeStoredIsReturned() {
        index.failOn("find", "findDescribed", "put");

        assertThat(cache.getOrCompute(KEY, key -> NEW)).isSameAs(NEW);
        assertThat(cache.stats().storeFailures()).isEqualTo(1);
    }

    @Test
    void removalThatFailsIsReportedToWhoAskedForIt() {
        index.failOn("invalidate");

        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> cache.invalidate(KEY));
    }

    @Test
    void blobThatCannotBeDeletedIsLeftToTheSweep() {
        blobs.failOn("delete");

        assertThat(cache.invalidate(KEY)).isTrue();

        assertThat(cache.get(KEY)).isEmpty();
        cache.close();
        try (Cacheness again = CachenessBuilder.inMemory()
                .blobBackend(new FilesystemBlobBackendProvider().open(settings()))
                .build()) {
            await().untilAsserted(() -> assertThat(files()).isZero());
            assertThat(again.stats().entries()).isZero();
        }
    }

    private BackendSettings settings() {
        return new BackendSettings(directory, Durability.PROCESS, InstantSource.system(), Map.of());
    }

    private long files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve("blobs"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    private static final class BreakingHandler implements Handler<StringBuilder> {

        @Override
        public String name() {
            return "breaking";
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof StringBuilder;
        }

        @Override
        public void write(StringBuilder value, OutputStream out) throws IOException {
            out.write(new byte[3_000_000]);
            throw new IllegalStateException("broken");
        }

        @Override
        public StringBuilder read(InputStream in, Type type) {
            return new StringBuilder();
        }
    }
}
