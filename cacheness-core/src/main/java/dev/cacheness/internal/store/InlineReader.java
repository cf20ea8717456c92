package dev.cacheness.internal.store;

import dev.cacheness.spi.BlobBackend.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes in a row, read like those of a blob. */
@SuppressWarnings("ArrayRecordComponent")
record InlineReader(byte[] bytes) implements BlobReader {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        if (position + target.remaining() > bytes.length) {
            throw new EOFException("The value in the row ends at " + bytes.length);
        }
        target.put(bytes, (int) position, target.remaining());
    }

    @Override
    public void close() {}
}
