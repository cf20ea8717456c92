package dev.cacheness.internal.blob;

import dev.cacheness.CacheStorageException;
import dev.cacheness.Durability;
import dev.cacheness.spi.BlobBackend;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as files:
 *
 * <pre>
 * blobs/3f/8a11d0c2b3e4f506-3f9c…e1   the bytes of one value, nothing else
 * owners/8a11d0c2b3e4f506             locked for as long as the backend that wrote such blobs is open
 * </pre>
 *
 * <p>A file is written under its final name at once: nobody knows the name before the entry that refers to it is stored.
 */
final class FilesystemBlobBackend implements BlobBackend {

    static final String NAME = "filesystem";

    private static final Logger log = LoggerFactory.getLogger(FilesystemBlobBackend.class);

    private final Path blobs;

    private final Path owners;

    private final Durability durability;

    private final OwnerLock lock;

    /** Blobs whose writers are open; a sweep leaves them alone. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private FilesystemBlobBackend(Path blobs, Path owners, Durability durability, OwnerLock lock) {
        this.blobs = blobs;
        this.owners = owners;
        this.durability = durability;
        this.lock = lock;
    }

    static FilesystemBlobBackend open(Path directory, Durability durability) {
        Path blobs = directory.resolve("blobs");
        Path owners = directory.resolve("owners");
        try {
            PrivateFiles.createFolder(blobs);
            PrivateFiles.createFolder(owners);
            return new FilesystemBlobBackend(blobs, owners, durability, OwnerLock.acquire(owners));
        } catch (IOException ex) {
            throw new CacheStorageException("Blobs cannot be kept in " + directory + ": " + ex, ex);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BlobWriter create() throws IOException {
        BlobName name = BlobName.next(lock.owner());
        open.add(name.toString());
        try {
            Path folder = blobs.resolve(name.shard());
            FileChannel channel = PrivateFiles.create(folder, name.toString());
            return new FileBlobWriter(name.toString(), folder, channel, durability, open::remove);
        } catch (IOException | RuntimeException ex) {
            open.remove(name.toString());
            throw ex;
        }
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        FileChannel channel = PrivateFiles.openForReading(fileOf(nameOf(blobId)));
        try {
            return new FileBlobReader(channel, channel.size());
        } catch (IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    @Override
    public boolean delete(String blobId) throws IOException {
        return Files.deleteIfExists(fileOf(nameOf(blobId)));
    }

    @Override
    public int sweep(References references) throws IOException {
        return new Sweep(blobs, owners, lock.owner(), open, references).run();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException ex) {
            log.warn("The owner file {} could not be removed; the next sweep will", lock.owner(), ex);
        }
    }

    private Path fileOf(BlobName name) {
        return blobs.resolve(name.shard()).resolve(name.toString());
    }

    private static BlobName nameOf(String blobId) throws NoSuchFileException {
        BlobName name = BlobName.parse(blobId);
        if (name == null) {
            throw new NoSuchFileException("No blob can have the name '" + blobId + "'");
        }
        return name;
    }
}
