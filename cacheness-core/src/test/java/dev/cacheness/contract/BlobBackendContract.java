package dev.cacheness.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackend.BlobReader;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every blob backend does. */
public abstract class BlobBackendContract {

    private BlobBackend blobs;

    protected abstract BlobBackend open();

    /** Whether a delete says if there was anything to delete. */
    protected boolean tellsWhatItDeleted() {
        return true;
    }

    @BeforeEach
    void openBackend() {
        blobs = open();
    }

    @AfterEach
    void closeBackend() {
        blobs.close();
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        for (int size : new int[] {0, 1, 8_191, 1 << 20, 3_000_001}) {
            byte[] bytes = noise(size);

            String blobId = write(bytes);

            assertThat(read(blobId)).as("%s bytes", size).isEqualTo(bytes);
        }
    }

    @Test
    void bytesAreAppendedAndReadFromAnywhere() throws IOException {
        String blobId;
        try (BlobWriter writer = blobs.create()) {
            writer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            writer.write(ByteBuffer.wrap(new byte[] {9, 4, 5, 9}, 1, 2));
            writer.commit();
            blobId = writer.blobId();
        }

        try (BlobReader reader = blobs.open(blobId)) {
            assertThat(reader.size()).isEqualTo(5);
            ByteBuffer middle = ByteBuffer.allocate(2);
            reader.read(2, middle);
            assertThat(middle.array()).containsExactly(3, 4);
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> reader.read(4, ByteBuffer.allocate(2)));
        }
    }

    @Test
    void namesAreNewAndPlain() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String blobId = write(new byte[1]);
            assertThat(blobId).matches("[A-Za-z0-9-]{1,80}");
            names.add(blobId);
        }

        assertThat(names).hasSize(100);
    }

    @Test
    void unfinishedBlobIsDiscarded() throws IOException {
        String blobId;
        try (BlobWriter writer = blobs.create()) {
            writer.write(ByteBuffer.wrap(new byte[100]));
            blobId = writer.blobId();
        }

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> blobs.open(blobId));
    }

    @Test
    void deletedBlobIsGoneButAReaderReadsOn() throws IOException {
        byte[] bytes = noise(100_000);
        String blobId = write(bytes);
        try (BlobReader reader = blobs.open(blobId)) {
            assertThat(blobs.delete(blobId)).isTrue();

            ByteBuffer target = ByteBuffer.allocate(bytes.length);
            reader.read(0, target);
            assertThat(target.array()).isEqualTo(bytes);
        }
        assertThat(blobs.delete(blobId)).isEqualTo(!tellsWhatItDeleted());
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> blobs.open(blobId));
    }

    @Test
    void namesThatLeadElsewhereLeadNowhere() {
        for (String name : List.of("", ".", "../LAYOUT", "/etc/passwd", "a\u0000b", "x".repeat(300), "blobs/..")) {
            assertThatExceptionOfType(NoSuchFileException.class).as(name).isThrownBy(() -> blobs.open(name));
        }
    }

    @Test
    void sweepDeletesWhatNobodyRefersTo() throws IOException {
        String referenced = write(new byte[10]);
        String orphan = write(new byte[10]);

        int deleted = blobs.sweep(blobIds -> {
            Set<String> known = new HashSet<>(blobIds);
            known.retainAll(Set.of(referenced));
            return known;
        });

        assertThat(deleted).isEqualTo(1);
        assertThat(read(referenced)).hasSize(10);
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> blobs.open(orphan));
    }

    @Test
    void sweepLeavesBlobsAloneWhoseWritersAreOpen() throws IOException {
        try (BlobWriter writing = blobs.create();
                BlobWriter committed = blobs.create()) {
            writing.write(ByteBuffer.wrap(new byte[10]));
            committed.write(ByteBuffer.wrap(new byte[10]));
            committed.commit();

            assertThat(blobs.sweep(blobIds -> Set.of())).isZero();

            writing.commit();
            assertThat(read(writing.blobId())).hasSize(10);
            assertThat(read(committed.blobId())).hasSize(10);
        }
        assertThat(blobs.sweep(blobIds -> Set.of())).isEqualTo(2);
    }

    @Test
    void manyThreadsWriteReadAndDelete() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int seed = thread;
                work.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        byte[] bytes = noise(seed * 1_000 + i);
                        String blobId = write(bytes);
                        assertThat(read(blobId)).isEqualTo(bytes);
                        assertThat(blobs.delete(blobId)).isTrue();
                    }
                    return null;
                });
            }

            for (Future<Void> result : threads.invokeAll(work)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private String write(byte[] bytes) throws IOException {
        try (BlobWriter writer = blobs.create()) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
            return writer.blobId();
        }
    }

    private byte[] read(String blobId) throws IOException {
        try (BlobReader reader = blobs.open(blobId)) {
            ByteBuffer target = ByteBuffer.allocate((int) reader.size());
            reader.read(0, target);
            return target.array();
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
