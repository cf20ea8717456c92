package dev.cacheness.engine;

import static dev.cacheness.IntegrityProblem.Kind.DAMAGED;
import static dev.cacheness.IntegrityProblem.Kind.MISSING_BLOB;
import static dev.cacheness.IntegrityProblem.Kind.UNREADABLE;
import static dev.cacheness.IntegrityProblem.Kind.WRONG_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Durability;
import dev.cacheness.IntegrityProblem;
import dev.cacheness.IntegrityReport;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.MutableInstantSource;
import dev.cacheness.internal.blob.FilesystemBlobBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrityTests {

    private static final int LARGE = 100_000;

    @TempDir
    Path directory;

    private Cacheness cache;

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory).codec("none").build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void soundCacheHasNoProblems() {
        put(1, LARGE);
        put(2, 100);
        put(3, 0);

        IntegrityReport report = cache.verify();

        assertThat(report.isSound()).isTrue();
        assertThat(report.entries()).isEqualTo(3);
        assertThat(cache.repair()).isEqualTo(report);
    }

    @Test
    void everyKindOfProblemIsFoundAndMendedAndNothingElseIsTouched() throws IOException {
        byte[] sound = put(1, LARGE);
        Path missing = newBlob(() -> put(2, LARGE));
        Path cutOff = newBlob(() -> put(3, LARGE));
        Path changed = newBlob(() -> put(4, LARGE));
        Files.delete(missing);
        try (var channel = Files.newByteChannel(cutOff, StandardOpenOption.WRITE)) {
            channel.truncate(10);
        }
        flipByte(changed, 500);

        IntegrityReport found = cache.verify();

        assertThat(found.isSound()).isFalse();
        assertThat(found.entries()).isEqualTo(4);
        assertThat(found.counts()).isEqualTo(Map.of(MISSING_BLOB, 1L, WRONG_SIZE, 1L, DAMAGED, 1L, UNREADABLE, 0L));
        assertThat(found.removed()).isZero();
        assertThat(cache.stats().entries()).isEqualTo(4);

        IntegrityReport mended = cache.repair();

        assertThat(mended.counts()).isEqualTo(found.counts());
        assertThat(mended.removed()).isEqualTo(3);
        assertThat(cache.verify().isSound()).isTrue();
        assertThat(cache.get(key(1))).contains(sound);
        assertThat(reason(3)).isEqualTo(MissReason.CORRUPT);
        assertThat(blobs()).hasSize(1);
    }

    @Test
    void entryWithoutItsBlobIsFoundByItsDigest() throws IOException {
        String digest = digestOf(1, LARGE);
        Files.delete(blobs().get(0));

        assertThat(cache.verify().problems())
                .extracting(IntegrityProblem::digest, IntegrityProblem::namespace, IntegrityProblem::kind)
                .containsExactly(tuple(digest, "", MISSING_BLOB));
    }

    @Test
    void blobsThatNobodyRefersToAreCountedAndThenDeleted() throws IOException {
        byte[] value = put(1, LARGE);
        cache.close();
        try (BlobBackend dead = blobBackend();
                var writer = dead.create()) {
            writer.write(ByteBuffer.wrap(new byte[10]));
            writer.commit();
        }
        open();
        // The sweep when the cache opens may have deleted that one already, so here is another.
        cache.repair();
        try (BlobBackend dead = blobBackend();
                var writer = dead.create()) {
            writer.write(ByteBuffer.wrap(new byte[10]));
            writer.commit();
        }

        assertThat(cache.verify().orphans()).isOne();
        assertThat(cache.verify().orphans()).isOne();
        assertThat(cache.repair().orphansDeleted()).isOne();
        assertThat(cache.verify().isSound()).isTrue();
        assertThat(blobs()).hasSize(1);
        assertThat(cache.get(key(1))).contains(value);
    }

    @Test
    void blobOfALivingWriterIsLeftAlone() throws IOException {
        try (BlobBackend living = blobBackend();
                var writer = living.create()) {
            writer.write(ByteBuffer.wrap(new byte[10]));
            writer.commit();

            assertThat(cache.repair().isSound()).isTrue();

            assertThat(blobs()).hasSize(1);
        }
    }

    @Test
    void damageIsFoundEvenWhereReadingDoesNotLookForIt() throws IOException {
        put(1, LARGE);
        flipByte(blobs().get(0), 500);
        cache.close();
        cache = CachenessBuilder.at(directory)
                .codec("none")
                .verifyIntegrity(false)
                .build();

        assertThat(cache.verify().counts()).contains(entry(DAMAGED, 1L));
    }

    @Test
    void entriesWhoseCodecIsNotThereAreToldOfAndKept() {
        cache.close();
        cache = CachenessBuilder.at(directory)
                .register(new ZerosCodec())
                .codec("zeros")
                .build();
        cache.put(key(1), new byte[LARGE]);
        cache.close();
        open();

        assertThat(cache.repair().counts()).contains(entry(UNREADABLE, 1L));
        assertThat(cache.stats().entries()).isOne();
    }

    @Test
    void compactingGivesSpaceBack() throws IOException {
        for (int i = 0; i < 500; i++) {
            put(i, 10_000);
        }
        cache.clear();
        put(1, 100);
        Path file = directory.resolve("cacheness.db");
        long before = Files.size(file) + Files.size(directory.resolve("cacheness.db-wal"));

        cache.compact();

        assertThat(Files.size(file) + Files.size(directory.resolve("cacheness.db-wal")))
                .isLessThan(before / 10);
        assertThat(cache.verify().isSound()).isTrue();
        assertThat(cache.get(key(1))).isPresent();
    }

    private static CacheKey<byte[]> key(int i) {
        return CacheKey.of("i", i).as(byte[].class);
    }

    private byte[] put(int i, int size) {
        byte[] value = new byte[size];
        new Random(i).nextBytes(value);
        cache.put(key(i), value);
        return value;
    }

    private String digestOf(int i, int size) {
        return cache.put(key(i), new byte[size]);
    }

    private MissReason reason(int i) {
        return ((Lookup.Miss<byte[]>) cache.lookup(key(i))).reason();
    }

    private Path newBlob(Runnable put) throws IOException {
        List<Path> before = blobs();
        put.run();
        List<Path> after = blobs();
        return after.stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void flipByte(Path file, int position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }

    private BlobBackend blobBackend() {
        return new FilesystemBlobBackendProvider()
                .open(new BackendSettings(
                        directory, Durability.PROCESS, new MutableInstantSource(Instant.EPOCH), Map.of()));
    }

    /** Knows blocks of zeros only. */
    private static final class ZerosCodec implements Codec {

        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public int minLevel() {
            return 1;
        }

        @Override
        public int maxLevel() {
            return 1;
        }

        @Override
        public int defaultLevel() {
            return 1;
        }

        @Override
        public int maxCompressedLength(int length) {
            return 1;
        }

        @Override
        public int compress(byte[] source, int offset, int length, byte[] target, int level) {
            target[0] = 0;
            return 1;
        }

        @Override
        public void decompress(
                byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
            Arrays.fill(target, targetOffset, targetOffset + targetLength, (byte) 0);
        }
    }
}
