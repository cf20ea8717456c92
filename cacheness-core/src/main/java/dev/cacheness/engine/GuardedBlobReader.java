package dev.cacheness.engine;

import dev.cacheness.spi.BlobBackend.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a blob of a backend whose calls may hang. Thread-safe. */
final class GuardedBlobReader implements BlobReader {

    private final BlobReader reader;

    private final BlobCalls calls;

    private final long size;

    /** Whether a call that was given up will close the reader. */
    private volatile boolean givenUp;

    GuardedBlobReader(BlobReader reader, BlobCalls calls) {
        this.reader = reader;
        this.calls = calls;
        this.size = reader.size();
    }

    @Override
    public long size() {
        return size;
    }

    /** By way of a buffer of its own: the caller's is used for something else by the time that a call ends which was given up. */
    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        var bytes = ByteBuffer.allocate(target.remaining());
        try {
            calls.call(
                    calls.limit(),
                    () -> {
                        reader.read(position, bytes);
                        return true;
                    },
                    late -> reader.close());
        } catch (BlobCalls.GivenUpException ex) {
            givenUp = true;
            throw ex;
        }
        target.put(bytes.flip());
    }

    @Override
    public void close() {
        if (!givenUp) {
            reader.close();
        }
    }
}
