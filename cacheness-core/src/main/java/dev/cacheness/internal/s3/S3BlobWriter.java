package dev.cacheness.internal.s3;

import dev.cacheness.internal.blob.Protection;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the bytes of a blob, up to the threshold to put them as one object, and beyond it part by part, so that the heap holds a few parts however long
 * the blob becomes.
 */
final class S3BlobWriter implements BlobWriter {

    private static final Logger log = LoggerFactory.getLogger(S3BlobWriter.class);

    private static final int FIRST_BUFFER = 64 * 1024;

    private final String blobId;

    private final S3Objects objects;

    private final Protection protection;

    private final Executor uploads;

    private byte[] buffer = new byte[FIRST_BUFFER];

    private int buffered;

    private @Nullable PartUploads parts;

    private boolean putTried;

    private boolean committed;

    private boolean closed;

    S3BlobWriter(String blobId, S3Objects objects, Protection protection, Executor uploads) {
        this.blobId = blobId;
        this.objects = objects;
        this.protection = protection;
        this.uploads = uploads;
    }

    @Override
    public String blobId() {
        return blobId;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (buffered == limit()) {
                flush();
            }
            int length = Math.min(bytes.remaining(), limit() - buffered);
            ensureBuffer(buffered + length);
            bytes.get(buffer, buffered, length);
            buffered += length;
        }
    }

    private int limit() {
        return parts == null
                ? objects.settings().multipartThreshold()
                : objects.settings().partSize();
    }

    private void ensureBuffer(int size) {
        if (size > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(limit(), Math.max(size, buffer.length * 2)));
        }
    }

    /** Everything that is buffered goes off as parts, of which the last is no smaller than a part must be. */
    private void flush() throws IOException {
        if (parts == null) {
            putTried = true;
            parts = new PartUploads(blobId, objects, uploads);
        }
        int partSize = objects.settings().partSize();
        int offset = 0;
        while (buffered - offset >= 2 * partSize) {
            parts.add(buffer, offset, partSize);
            offset += partSize;
        }
        parts.add(buffer, offset, buffered - offset);
        buffer = new byte[partSize];
        buffered = 0;
    }

    @Override
    public void commit() throws IOException {
        putTried = true;
        if (parts == null) {
            objects.put(blobId, buffer, buffered);
        } else {
            if (buffered > 0) {
                parts.add(buffer, 0, buffered);
            }
            parts.complete();
        }
        committed = true;
        buffer = new byte[0];
    }

    /**
     * If a put was tried and failed, nobody can tell whether it will still be done: a request may be on its way. So the intent stays, and the sweep
     * deletes what is there when it has ended.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean sure = true;
        try {
            if (!committed && parts != null) {
                parts.abort();
            }
            if (!committed && putTried) {
                sure = false;
                objects.delete(blobId);
            }
        } catch (IOException ex) {
            sure = false;
            log.warn("The unfinished blob {} could not be deleted; a sweep will", blobId, ex);
        } finally {
            protection.end(blobId, committed || !sure);
        }
    }
}
