package dev.cacheness.internal.s3;

import dev.cacheness.spi.BlobBackend.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads a blob. One answer of the server serves all reads in ascending order; a read elsewhere, or an answer that breaks off, begins another one there. A
 * small blob is read at once, so that it keeps no connection.
 */
final class S3BlobReader implements BlobReader {

    private static final int WHOLE = 1 << 20;

    /** Reading over this much is cheaper than asking again. */
    private static final int SKIP = 256 * 1024;

    private static final int CHUNK = 64 * 1024;

    private final String blobId;

    private final S3Objects objects;

    private final String etag;

    private final long size;

    private byte @Nullable [] whole;

    private @Nullable ResponseInputStream<GetObjectResponse> stream;

    private long position;

    private byte @Nullable [] chunk;

    private S3BlobReader(String blobId, S3Objects objects, ResponseInputStream<GetObjectResponse> stream) {
        this.blobId = blobId;
        this.objects = objects;
        this.etag = stream.response().eTag();
        this.size = stream.response().contentLength();
        this.stream = stream;
    }

    static S3BlobReader open(String blobId, S3Objects objects) throws IOException {
        var reader = new S3BlobReader(blobId, objects, objects.get(blobId, 0, null));
        if (reader.size <= WHOLE) {
            try {
                byte[] bytes = new byte[(int) reader.size];
                reader.read(0, ByteBuffer.wrap(bytes));
                reader.whole = bytes;
            } finally {
                reader.close();
            }
        }
        return reader;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void read(long from, ByteBuffer target) throws IOException {
        if (from < 0 || from + target.remaining() > size) {
            throw new EOFException("The blob ends at " + size);
        }
        if (whole != null) {
            target.put(whole, (int) from, target.remaining());
            return;
        }
        int failures = 0;
        long next = from;
        while (target.hasRemaining()) {
            try {
                seek(next);
                next += readSome(target);
            } catch (NoSuchFileException | InterruptedIOException ex) {
                drop();
                throw ex;
            } catch (IOException ex) {
                drop();
                if (++failures > objects.settings().maxRetries()) {
                    throw ex;
                }
                Backoff.await(failures);
            }
        }
    }

    private void seek(long to) throws IOException {
        if (stream != null && to != position) {
            long gap = to - position;
            if (gap > 0 && gap <= SKIP) {
                skip((int) gap);
            } else {
                drop();
            }
        }
        if (stream == null) {
            stream = objects.get(blobId, to, etag);
            position = to;
        }
    }

    private void skip(int length) throws IOException {
        ByteBuffer over = ByteBuffer.allocate(length);
        while (over.hasRemaining()) {
            readSome(over);
        }
    }

    private int readSome(ByteBuffer target) throws IOException {
        int wanted = target.remaining();
        int read;
        if (target.hasArray()) {
            read = readBytes(target.array(), target.arrayOffset() + target.position(), wanted);
            target.position(target.position() + read);
        } else {
            if (chunk == null) {
                chunk = new byte[CHUNK];
            }
            read = readBytes(chunk, 0, Math.min(wanted, CHUNK));
            target.put(chunk, 0, read);
        }
        return read;
    }

    private int readBytes(byte[] bytes, int offset, int length) throws IOException {
        ResponseInputStream<GetObjectResponse> from = stream;
        if (from == null) {
            throw new IOException("Nothing is open");
        }
        int read;
        try {
            read = from.read(bytes, offset, length);
        } catch (SdkException ex) {
            throw S3Failures.translated(ex, "Reading " + blobId, blobId);
        }
        if (read < 0) {
            throw new IOException("The answer for " + blobId + " breaks off at " + position + " of " + size);
        }
        position += read;
        return read;
    }

    /** Without reading what is left, which may be much. */
    private void drop() {
        if (stream != null) {
            stream.abort();
            stream = null;
        }
    }

    /** A connection whose answer was read to its end can be used again. */
    @Override
    public synchronized void close() {
        if (stream != null && position == size) {
            try {
                stream.close();
                stream = null;
            } catch (IOException | SdkException ex) {
                drop();
            }
        } else {
            drop();
        }
    }
}
