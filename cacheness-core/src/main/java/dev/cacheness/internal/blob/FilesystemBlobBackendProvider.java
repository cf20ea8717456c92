package dev.cacheness.internal.blob;

import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;

/** Blobs as files in the directory of the cache. */
public final class FilesystemBlobBackendProvider implements BlobBackendProvider {

    @Override
    public String name() {
        return FilesystemBlobBackend.NAME;
    }

    @Override
    public String description() {
        return "Files in the directory of the cache";
    }

    @Override
    public BlobBackend open(BackendSettings settings) {
        return FilesystemBlobBackend.open(settings.directory(), settings.durability());
    }
}
