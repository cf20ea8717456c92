package dev.cacheness.engine;

import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a blob of a backend whose calls may hang. For one thread at a time. */
final class GuardedBlobWriter implements BlobWriter {

    /** A call may take longer the more was written, for a backend may move all bytes in the last one. No network that is of use is slower. */
    private static final long BYTES_PER_SECOND = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(GuardedBlobWriter.class);

    private final BlobBackend blobs;

    private final BlobWriter writer;

    private final BlobCalls calls;

    private final String blobId;

    private long bytesWritten;

    /** Whether a call that was given up will close the writer. */
    private boolean givenUp;

    GuardedBlobWriter(BlobBackend blobs, BlobWriter writer, BlobCalls calls) {
        this.blobs = blobs;
        this.writer = writer;
        this.calls = calls;
        this.blobId = writer.blobId();
    }

    @Override
    public String blobId() {
        return blobId;
    }

    /** If the call is given up, it may go on with bytes that the caller has changed; they are in a blob that is never committed. */
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        bytesWritten += bytes.remaining();
        call(() -> {
            writer.write(bytes);
            return true;
        });
    }

    @Override
    public void commit() throws IOException {
        call(() -> {
            writer.commit();
            return true;
        });
    }

    private void call(BlobCalls.Call<Boolean> call) throws IOException {
        try {
            calls.call(limit(), call, late -> discard());
        } catch (BlobCalls.GivenUpException ex) {
            givenUp = true;
            throw ex;
        }
    }

    /** A commit that came too late has made a blob that nobody will ever refer to. */
    private void discard() {
        writer.close();
        try {
            blobs.delete(blobId);
        } catch (IOException ex) {
            log.debug("The blob {} is left to the sweep", blobId, ex);
        }
    }

    private Duration limit() {
        return calls.limit().plusMillis(bytesWritten * 1_000 / BYTES_PER_SECOND);
    }

    @Override
    public void close() {
        if (givenUp) {
            return;
        }
        calls.end(writer::close);
    }
}
