package dev.cacheness.fault;

import dev.cacheness.spi.BlobBackend;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real backend whose blobs are read as something else while it is told to. */
public final class DamagingBlobs implements BlobBackend {

    private final BlobBackend blobs;

    private @Nullable UnaryOperator<byte[]> damage;

    public DamagingBlobs(BlobBackend blobs) {
        this.blobs = blobs;
    }

    /** What becomes of a blob that is read from now on, null for nothing. */
    public void damage(@Nullable UnaryOperator<byte[]> how) {
        this.damage = how;
    }

    @Override
    public String name() {
        return blobs.name();
    }

    @Override
    public BlobWriter create() throws IOException {
        return blobs.create();
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        BlobReader reader = blobs.open(blobId);
        if (damage == null) {
            return reader;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
        reader.read(0, bytes);
        reader.close();
        return new Bytes(damage.apply(bytes.array()));
    }

    @Override
    public boolean delete(String blobId) throws IOException {
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

    private static final class Bytes implements BlobReader {

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            int count = target.remaining();
            if (position + count > bytes.length) {
                throw new EOFException();
            }
            target.put(Arrays.copyOfRange(bytes, (int) position, (int) position + count));
        }

        @Override
        public void close() {}
    }
}
