package dev.cacheness.internal.blob;

import dev.cacheness.internal.lock.Undisturbed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says that an owner is alive, for as long as its process lives: a lock that the operating system holds on {@code owners/<owner>}.
 *
 * <p>Two traps shape this class. A process loses its lock as soon as it closes <em>any</em> channel on the locked file, so owners of this process are
 * told from {@link #HERE} and their files are never opened again. And an interrupt closes the channel that the interrupted thread is working with, so
 * locking is done by a thread that nobody else knows.
 */
final class OwnerLock implements AutoCloseable {

    private static final String FILE = "owner file";

    /** The living owners of this process. Static, because locks belong to the process. */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private final String owner;

    private final Path file;

    private final FileChannel channel;

    private OwnerLock(String owner, Path file, FileChannel channel) {
        this.owner = owner;
        this.file = file;
        this.channel = channel;
    }

    /** Becomes a new owner. */
    static OwnerLock acquire(Path owners) throws IOException {
        return Undisturbed.call(FILE, () -> {
            while (true) {
                String owner = BlobName.nextOwner();
                HERE.add(owner);
                Path file = owners.resolve(owner);
                FileChannel channel = PrivateFiles.create(owners, owner);
                FileLock lock = channel.tryLock();
                // Between creating and locking, another process may have taken the file for a dead owner's and deleted
                // it.
                if (lock != null && Files.exists(file)) {
                    return new OwnerLock(owner, file, channel);
                }
                channel.close();
                HERE.remove(owner);
            }
        });
    }

    /**
     * Takes the place of an owner that is dead, so that what it left can be removed: nobody else will do so meanwhile.
     *
     * @return null if the owner is alive
     */
    static @Nullable OwnerLock takeOver(Path owners, String owner) throws IOException {
        if (!HERE.add(owner)) {
            return null;
        }
        OwnerLock lock = Undisturbed.call(FILE, () -> Optional.ofNullable(lockExisting(owners, owner)))
                .orElse(null);
        if (lock == null) {
            HERE.remove(owner);
        }
        return lock;
    }

    private static @Nullable OwnerLock lockExisting(Path owners, String owner) throws IOException {
        Path file = owners.resolve(owner);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException ex) {
            channel = PrivateFiles.create(owners, owner);
        }
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        return new OwnerLock(owner, file, channel);
    }

    String owner() {
        return owner;
    }

    /** The owner is gone for good. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            channel.close();
            HERE.remove(owner);
        }
    }
}
