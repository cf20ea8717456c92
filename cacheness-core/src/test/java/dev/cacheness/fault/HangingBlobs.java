package dev.cacheness.fault;

import dev.cacheness.spi.BlobBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real backend whose calls do not return while it is told to, as those of a network file system whose server is away. */
final class HangingBlobs implements BlobBackend {

    private final BlobBackend blobs;

    private final Set<String> hanging = ConcurrentHashMap.newKeySet();

    private final AtomicInteger held = new AtomicInteger();

    private volatile CountDownLatch released = new CountDownLatch(0);

    HangingBlobs(BlobBackend blobs) {
        this.blobs = blobs;
    }

    /** From now on these calls do not return. */
    void hangOn(String... calls) {
        released = new CountDownLatch(1);
        hanging.addAll(Set.of(calls));
    }

    /** Calls that hang go on, and others do not hang any more. */
    void release() {
        hanging.clear();
        released.countDown();
    }

    /** How many calls have been held up. */
    int held() {
        return held.get();
    }

    private void pass(String call) {
        if (!hanging.contains(call)) {
            return;
        }
        held.incrementAndGet();
        boolean waiting = true;
        while (waiting) {
            try {
                released.await();
                waiting = false;
            } catch (InterruptedException ex) {
                // Such a file system does not listen to that, either.
            }
        }
    }

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public BlobWriter create() throws IOException {
        pass("create");
        return new Writer(blobs.create());
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        pass("open");
        return new Reader(blobs.open(blobId));
    }

    @Override
    public boolean delete(String blobId) throws IOException {
        pass("delete");
        return blobs.delete(blobId);
    }

    @Override
    public int sweep(References references) throws IOException {
        return blobs.sweep(references);
    }

    @Override
    public void close() {
        blobs.close();
    }

    private final class Writer implements BlobWriter {

        private final BlobWriter writer;

        Writer(BlobWriter writer) {
            this.writer = writer;
        }

        @Override
        public String blobId() {
            return writer.blobId();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            writer.write(bytes);
        }

        @Override
        public void commit() throws IOException {
            pass("commit");
            writer.commit();
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private final class Reader implements BlobReader {

        private final BlobReader reader;

        Reader(BlobReader reader) {
            this.reader = reader;
        }

        @Override
        public long size() {
            return reader.size();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            pass("read");
            reader.read(position, target);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
