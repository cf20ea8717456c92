package com.example.backend;

import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

// docs:start shelf
/** Keeps blobs on a shelf that outlives the cache. */
public final class ShelfProvider implements BlobBackendProvider {

    private final Map<String, byte[]> shelf = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "shelf";
    }

    @Override
    public String description() {
        return "Boxes on a shelf";
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.of("com.example:wood");
    }

    @Override
    public BlobBackend open(BackendSettings settings) {
        return new Shelf(settings.options().getOrDefault("room", "attic"));
    }

    private final class Shelf implements BlobBackend {

        private final String room;

        private final Set<String> open = ConcurrentHashMap.newKeySet();

        Shelf(String room) {
            this.room = room;
        }

        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public BlobWriter create() {
            // A new name every time, so that nothing is ever overwritten.
            var writer = new Box(room + "-" + UUID.randomUUID());
            open.add(writer.blobId());
            return writer;
        }

        @Override
        public BlobReader open(String blobId) throws IOException {
            byte[] bytes = shelf.get(blobId);
            if (bytes == null) {
                throw new NoSuchFileException(blobId);
            }
            return new Contents(bytes);
        }

        @Override
        public boolean delete(String blobId) {
            return shelf.remove(blobId) != null;
        }

        @Override
        public int sweep(References references) {
            Set<String> orphans = new HashSet<>(shelf.keySet());
            // Writers first: whoever is not writing any more has stored the row, if at all.
            orphans.removeAll(open);
            orphans.removeAll(references.among(orphans));
            orphans.forEach(shelf::remove);
            return orphans.size();
        }

        @Override
        public void close() {}

        private final class Box implements BlobBackend.BlobWriter {

            private final String blobId;

            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            Box(String blobId) {
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
                shelf.put(blobId, bytes.toByteArray());
            }

            @Override
            public void close() {
                open.remove(blobId);
            }
        }
    }

    private static final class Contents implements BlobBackend.BlobReader {

        private final byte[] bytes;

        Contents(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            if (position + target.remaining() > bytes.length) {
                throw new EOFException();
            }
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public void close() {}
    }
}
// docs:end shelf
