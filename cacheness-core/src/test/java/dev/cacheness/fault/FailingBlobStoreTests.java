package dev.cacheness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Durability;
import dev.cacheness.MissReason;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.internal.blob.FilesystemBlobBackendProvider;
import dev.cacheness.internal.metadata.MemoryMetadataBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.storage.BlobStore;
import dev.cacheness.storage.UnreadableBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user of a store is told when the index, the place of the blobs or the blobs themselves fail, and what is there afterwards. */
class FailingBlobStoreTests {

    private static final byte[] OLD = bytes(1);

    private static final byte[] NEW = bytes(2);

    @TempDir
    Path directory;

    private final Faults index = new Faults(() -> new CacheMetadataException("out of order"));

    private final Faults blobs = new Faults(() -> new IOException("No space left on device"));

    private BlobStore store;

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[1_500_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void open() throws IOException {
        store = open(false);
        store.put("a", OLD);
    }

    private BlobStore open(boolean contentAddressable) throws IOException {
        Path place = Files.createDirectory(directory.resolve(contentAddressable ? "contents" : "values"));
        var settings = new BackendSettings(place, Durability.PROCESS, InstantSource.system(), Map.of());
        return BlobStoreBuilder.at(place)
                .metadataBackend(index.wrap(MetadataBackend.class, new MemoryMetadataBackendProvider().open(settings)))
                .blobBackend(blobs.wrap(BlobBackend.class, new FilesystemBlobBackendProvider().open(settings)))
                .contentAddressable(contentAddressable)
                .build();
    }

    @AfterEach
    void close() {
        index.failOn();
        blobs.failOn();
        store.close();
    }

    @Test
    void fullDiskLeavesTheOldValueAndEverythingWorksOnceThereIsRoom() throws IOException {
        blobs.failOn("create");
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() -> store.put("a", NEW))
                .withMessageContaining("'a'")
                .withMessageContaining("No space left");
        assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(OLD);

        blobs.failOn();
        store.put("a", NEW);

        assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(NEW);
        assertThat(files()).hasSize(1);
    }

    @Test
    void failingIndexIsToldAndLeavesTheOldValue() throws IOException {
        for (String step : List.of("put", "findLast")) {
            index.failOn(step);
            assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> store.put("a", NEW));
            index.failOn();
            assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(OLD);
            assertThat(files()).as(step).hasSize(1);
        }
        index.failOn("findLast", "list", "totals");
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> store.get("a", byte[].class));
        assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> store.stats());
    }

    @Test
    void failingIndexLeavesNoBytesOfContents() throws IOException {
        store.close();
        store = open(true);
        String key = store.add(OLD).key();
        for (String step : List.of("put", "findDescribed")) {
            index.failOn(step);
            assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> store.add(OLD));
            assertThatExceptionOfType(CacheMetadataException.class).isThrownBy(() -> store.add(NEW));
            index.failOn();
            assertThat(files()).as(step).hasSize(2);
        }
        assertThat(store.metadata(key).orElseThrow().references()).isEqualTo(1);
    }

    @Test
    void damagedValueIsToldAndStays() throws IOException {
        Path blob = files().get(0);
        try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 700_000);
        }

        assertThatExceptionOfType(UnreadableBlobException.class)
                .isThrownBy(() -> store.get("a", byte[].class))
                .satisfies(ex -> assertThat(ex.reason()).isEqualTo(MissReason.CORRUPT))
                .withMessageContaining("'a'")
                .withMessageContaining("checksum");
        assertThatExceptionOfType(UnreadableBlobException.class)
                .isThrownBy(() -> store.copyTo("a", directory.resolve("out")));
        assertThatExceptionOfType(UnreadableBlobException.class).isThrownBy(() -> store.openStream("a"));
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(store.exists("a")).isTrue();
        assertThat(store.verify().problemCount()).isEqualTo(1);
        assertThat(store.repair().removed()).isEqualTo(1);
        assertThat(store.get("a", byte[].class)).isEmpty();
    }

    @Test
    void missingBytesAreTold() throws IOException {
        Files.delete(files().get(0));

        assertThatExceptionOfType(UnreadableBlobException.class)
                .isThrownBy(() -> store.get("a", byte[].class))
                .withMessageContaining("gone");

        store.put("a", NEW);
        assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(NEW);
    }

    @Test
    void placeThatDoesNotAnswerIsTold() throws IOException {
        blobs.failOn("open");

        assertThatExceptionOfType(UnreadableBlobException.class)
                .isThrownBy(() -> store.get("a", byte[].class))
                .satisfies(ex -> assertThat(ex.reason()).isEqualTo(MissReason.BACKEND_DOWN));

        blobs.failOn();
        try (InputStream in = store.openStream("a").orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(OLD);
        }
    }

    @Test
    void contentWhoseBytesAreGoneIsMendedByWhoAddsItAgain() throws IOException {
        store.close();
        store = open(true);
        String key = store.add(OLD).key();
        Path blob = files().stream()
                .filter(file -> file.startsWith(directory.resolve("contents")))
                .findFirst()
                .orElseThrow();
        Files.delete(blob);

        store.add(OLD);

        assertThat(store.get(key, byte[].class).orElseThrow()).isEqualTo(OLD);
        assertThat(store.metadata(key).orElseThrow().references()).isEqualTo(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/blobs/"))
                    .toList();
        }
    }
}
