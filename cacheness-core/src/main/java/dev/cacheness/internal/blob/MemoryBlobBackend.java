package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs on the heap, each below two gibibytes. */
final class MemoryBlobBackend implements BlobBackend {

    static final String NAME = "memory";

    private final String owner = BlobName.nextOwner();

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    private final Set<String> open = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean mayHang() {
        return false;
    }

    @Override
    public BlobWriter create() {
        String blobId = BlobName.next(owner).toString();
        open.add(blobId);
        return new Writer(blobId);
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        byte[] bytes = blobs.get(blobId);
        if (bytes == null) {
            throw new NoSuchFileException(blobId);
        }
        return new Reader(bytes);
    }

    @Override
    public boolean delete(String blobId) {
        return blobs.remove(blobId) != null;
    }

    @Override
    public int sweep(References references) {
        List<String> closed =
                blobs.keySet().stream().filter(blobId -> !open.contains(blobId)).toList();
        Set<String> referenced = references.among(closed);
        int deleted = 0;
        for (String blobId : closed) {
            if (!referenced.contains(blobId) && delete(blobId)) {
                deleted++;
            }
        }
        return deleted;
    }

    @Override
    public void close() {
        blobs.clear();
    }

    private final class Writer implements BlobWriter {

        private final String blobId;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Writer(String blobId) {
            this.blobId = blobId;
        }

        @Override
        public String blobId() {
            return blobId;
        }

        @Override
        public void write(ByteBuffer source) {
            byte[] chunk = new byte[source.remaining()];
            source.get(chunk);
            bytes.writeBytes(chunk);
        }

        @Override
        public void commit() {
            blobs.put(blobId, bytes.toByteArray());
        }

        @Override
        public void close() {
            open.remove(blobId);
        }
    }

    private record Reader(byte[] bytes) implements BlobReader {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            if (position + target.remaining() > bytes.length) {
                throw new EOFException("The blob ends at " + bytes.length);
            }
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public void close() {}
    }
}
