package dev.cacheness.internal.blob;

import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;

/** Blobs on the heap. */
public final class MemoryBlobBackendProvider implements BlobBackendProvider {

    @Override
    public String name() {
        return MemoryBlobBackend.NAME;
    }

    @Override
    public String description() {
        return "On the heap, gone when the cache is closed";
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public BlobBackend open(BackendSettings settings) {
        return new MemoryBlobBackend();
    }
}
