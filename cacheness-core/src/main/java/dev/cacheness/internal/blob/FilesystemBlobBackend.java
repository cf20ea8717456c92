package dev.cacheness.internal.blob;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Durability;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobIntents;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as files:
 *
 * <pre>
 * blobs/3f/8a11d0c2b3e4f506-3f9c…e1   the bytes of one value, nothing else
 * owners/8a11d0c2b3e4f506             locked for as long as the backend that wrote such blobs is open
 * </pre>
 *
 * <p>Where hosts share the directory, locks do not reach from one to the other reliably; there, intents in the index take the place of owners.
 *
 * <p>A file is written under its final name at once: nobody knows the name before the entry that refers to it is stored.
 */
final class FilesystemBlobBackend implements BlobBackend {

    static final String NAME = "filesystem";

    private final Path blobs;

    private final Durability durability;

    /** How long intents last; null if blobs are protected by the locks of owners. */
    private final @Nullable Duration intentLease;

    private @Nullable Protection protection;

    private FilesystemBlobBackend(
            Path blobs, Durability durability, @Nullable Duration intentLease, @Nullable Protection protection) {
        this.blobs = blobs;
        this.durability = durability;
        this.intentLease = intentLease;
        this.protection = protection;
    }

    /** For the processes of one host. */
    static FilesystemBlobBackend open(Path directory, Durability durability) {
        Path blobs = createBlobs(directory);
        try {
            return new FilesystemBlobBackend(
                    blobs, durability, null, new OwnerProtection(blobs, directory.resolve("owners")));
        } catch (IOException ex) {
            throw new CacheStorageException("Blobs cannot be kept in " + directory + ": " + ex, ex);
        }
    }

    /** For the processes of any number of hosts; of use only after {@link #useIntents}. */
    static FilesystemBlobBackend openShared(Path directory, Durability durability, Duration intentLease) {
        return new FilesystemBlobBackend(createBlobs(directory), durability, intentLease, null);
    }

    private static Path createBlobs(Path directory) {
        Path blobs = directory.resolve("blobs");
        try {
            PrivateFiles.createFolder(blobs);
            return blobs;
        } catch (IOException ex) {
            throw new CacheStorageException("Blobs cannot be kept in " + directory + ": " + ex, ex);
        }
    }

    @Override
    public boolean needsIntents() {
        return intentLease != null;
    }

    /** The directory of one host is on a disk; one that hosts share is on a network. */
    @Override
    public boolean mayHang() {
        return intentLease != null;
    }

    @Override
    public boolean useIntents(BlobIntents intents) {
        if (intentLease == null) {
            return false;
        }
        protection = new IntentProtection(intents, intentLease, this::deleteFile);
        return true;
    }

    private Protection protection() {
        if (protection == null) {
            throw new CacheConfigurationException(
                    "cacheness.blob.options.shared",
                    "true",
                    "A directory that hosts share needs an index that keeps intents to write blobs.",
                    "Set cacheness.metadata.backend=postgresql, or leave the option out.");
        }
        return protection;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Of use where the index is elsewhere than the directory. */
    @Override
    public Optional<String> place() {
        Path directory = Objects.requireNonNull(blobs.getParent());
        try {
            return Optional.of("directory " + DirectoryName.of(directory));
        } catch (IOException ex) {
            throw new CacheStorageException("Blobs cannot be kept in " + directory + ": " + ex, ex);
        }
    }

    @Override
    public BlobWriter create() throws IOException {
        return create(durability);
    }

    @Override
    public BlobWriter create(Durability wanted) throws IOException {
        Protection protecting = protection();
        BlobName name = BlobName.next(protecting.owner());
        protecting.begin(name.toString());
        try {
            Path folder = blobs.resolve(name.shard());
            FileChannel channel = PrivateFiles.create(folder, name.toString());
            return new FileBlobWriter(name.toString(), folder, channel, wanted, protecting);
        } catch (IOException | RuntimeException ex) {
            protecting.end(name.toString(), false);
            throw ex;
        }
    }

    @Override
    public BlobReader open(String blobId) throws IOException {
        FileChannel channel = openFile(nameOf(blobId));
        try {
            return new FileBlobReader(channel, channel.size());
        } catch (IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    private FileChannel openFile(BlobName name) throws IOException {
        try {
            return PrivateFiles.openForReading(fileOf(name));
        } catch (NoSuchFileException ex) {
            ensureIsThere();
            throw ex;
        }
    }

    /** That the directory of all blobs is away says nothing about one of them. */
    private void ensureIsThere() throws IOException {
        if (!Files.isDirectory(blobs)) {
            throw new IOException("The directory " + blobs + " is not there. Mount or restore it.");
        }
    }

    @Override
    public boolean delete(String blobId) throws IOException {
        boolean deleted = deleteFile(blobId);
        if (!deleted) {
            ensureIsThere();
        }
        protection().deleted(blobId);
        return deleted;
    }

    private boolean deleteFile(String blobId) throws IOException {
        return Files.deleteIfExists(fileOf(nameOf(blobId)));
    }

    @Override
    public int sweep(References references) throws IOException {
        return protection().sweep(references);
    }

    @Override
    public void close() {
        if (protection != null) {
            protection.close();
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
