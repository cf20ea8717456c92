package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a blob from its file. */
record FileBlobReader(FileChannel channel, long size) implements BlobReader {

    /** The JDK copies through memory of its own, as long as what is asked for; so much stays in the core's cache between the two copies. */
    private static final int PIECE = 256 * 1024;

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        long next = position;
        int end = target.limit();
        while (target.position() < end) {
            target.limit(Math.min(end, target.position() + PIECE));
            int read = channel.read(target, next);
            if (read < 0) {
                throw new EOFException("The blob ends at " + next + ", " + (end - target.position()) + " bytes early");
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
