package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a blob from its file. */
record FileBlobReader(FileChannel channel, long size) implements BlobReader {

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, next);
            if (read < 0) {
                throw new EOFException("The blob ends at " + next + ", " + target.remaining() + " bytes early");
            }
            next += read;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
