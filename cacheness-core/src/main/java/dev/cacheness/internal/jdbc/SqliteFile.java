package dev.cacheness.internal.jdbc;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheMetadataException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file of an index, claimed from before its first connection opens until after its last one closed. SQLite holds POSIX locks on it, which the
 * operating system drops as soon as this process closes the file through any other door; so it is read by other means than SQLite only while this
 * process has it open nowhere. {@link #OPEN} knows that, and is static because the locks are the process's.
 */
final class SqliteFile implements AutoCloseable {

    private static final Set<String> NETWORK_FILE_SYSTEMS =
            Set.of("nfs", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3");

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** How often each file is open in this process. */
    private static final Map<Path, Integer> OPEN = new HashMap<>();

    private final Path path;

    private boolean closed;

    private SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * Creates the file if it is missing, readable by its owner only, and claims it.
     *
     * @throws CacheMetadataException if the file is not one of ours, or of a newer version; it is left as it was
     * @throws CacheConfigurationException if it lies on a network file system, where SQLite's locks do not hold
     */
    static SqliteFile claim(Path directory) {
        Path file = directory.resolve("cacheness.db");
        LOCK.lock();
        try {
            refuseNetworkFileSystem(directory);
            create(file);
            Path path = file.toRealPath();
            if (!OPEN.containsKey(path)) {
                SqliteHeader.check(path, firstBytes(path));
            }
            OPEN.merge(path, 1, Integer::sum);
            return new SqliteFile(path);
        } catch (IOException e) {
            throw new CacheMetadataException(
                    "The index " + file + " cannot be opened: " + e
                            + ". Check that this process may read and write it.",
                    e);
        } finally {
            LOCK.unlock();
        }
    }

    private static void refuseNetworkFileSystem(Path directory) throws IOException {
        String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
        if (NETWORK_FILE_SYSTEMS.contains(type)) {
            throw new CacheConfigurationException(
                    "cacheness.storage.dir",
                    directory.toString(),
                    "It lies on a network file system (" + type + "), where the locks of SQLite do not hold.",
                    "Use a local disk, or another cacheness.metadata.backend.");
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException e) {
            // The usual case. The attempt has not opened the file.
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** By a stream that an interrupt of the thread does not close. */
    private static ByteBuffer firstBytes(Path file) throws IOException {
        try (var stream = new FileInputStream(file.toFile())) {
            return ByteBuffer.wrap(stream.readNBytes(SqliteHeader.LENGTH));
        }
    }

    Path path() {
        return path;
    }

    /**
     * Claims the file once more, for what may be open longer than this claim holds.
     *
     * @throws CacheMetadataException if this claim was given up
     */
    SqliteFile claimAgain() {
        LOCK.lock();
        try {
            if (closed) {
                throw new CacheMetadataException("The index " + path + " has been closed.");
            }
            OPEN.merge(path, 1, Integer::sum);
            return new SqliteFile(path);
        } finally {
            LOCK.unlock();
        }
    }

    /** Gives the file up. May be called again. */
    @Override
    public void close() {
        LOCK.lock();
        try {
            if (!closed) {
                closed = true;
                OPEN.computeIfPresent(path, (file, count) -> count == 1 ? null : count - 1);
            }
        } finally {
            LOCK.unlock();
        }
    }
}
