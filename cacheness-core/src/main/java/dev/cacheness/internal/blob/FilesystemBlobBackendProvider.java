package dev.cacheness.internal.blob;

import dev.cacheness.CacheStorageException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

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
        Path directory = settings.directory();
        Duration intentLease;
        try {
            intentLease = SharedDirectories.intentLease(directory, settings.options());
        } catch (IOException ex) {
            throw new CacheStorageException("Blobs cannot be kept in " + directory + ": " + ex, ex);
        }
        return intentLease == null
                ? FilesystemBlobBackend.open(directory, settings.durability())
                : FilesystemBlobBackend.openShared(directory, settings.durability(), intentLease);
    }
}
