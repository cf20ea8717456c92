package dev.cacheness.internal.metadata;

import dev.cacheness.CacheLockedException;
import dev.cacheness.internal.lock.Undisturbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a directory is in use, for as long as this process lives and has not closed it. The lock is the operating system's; it is dropped as soon as this
 * process closes the file through any other door, so {@link #HERE} knows which directories this process has, and is static because locks are the process's.
 * An interrupt would close the channel of the thread that works with it: see {@link Undisturbed}.
 */
final class JournalLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalLock.class);

    private static final int MAX_HOLDER_BYTES = 1_000;

    private static final ReentrantLock GUARD = new ReentrantLock();

    /** The holder of each lock file of this process. */
    private static final Map<Path, String> HERE = new HashMap<>();

    private final Path file;

    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws CacheLockedException if the directory is in use; names who uses it */
    static JournalLock acquire(Path directory, Path lockFile, InstantSource clock) throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + " on " + host() + " since " + clock.instant();
        GUARD.lock();
        try {
            Path file = directory.toRealPath().resolve(lockFile.getFileName());
            String here = HERE.get(file);
            if (here != null) {
                throw locked(directory, here);
            }
            FileChannel channel = Undisturbed.call("lock file", () -> open(directory, file, holder));
            HERE.put(file, holder);
            return new JournalLock(file, channel);
        } finally {
            GUARD.unlock();
        }
    }

    private static FileChannel open(Path directory, Path file, String holder) throws IOException {
        JournalFile.open(file, Files.exists(file) ? Files.size(file) : 0).close();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (channel.tryLock() == null) {
                throw locked(directory, read(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(holder + "\n"), 0);
            locked = true;
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_HOLDER_BYTES);
        channel.read(bytes, 0);
        String holder = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static CacheLockedException locked(Path directory, String holder) {
        return new CacheLockedException(
                "The index in " + directory + " is in use by " + holder
                        + ". The json backend serves one process at a time: close that one, choose another cacheness.storage.dir, or the backend sqlite.");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }

    /** The file stays, for whoever deletes it may delete that of the next holder. */
    @Override
    public void close() {
        GUARD.lock();
        try {
            if (HERE.remove(file) != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("The lock file {} could not be closed", file, e);
        } finally {
            GUARD.unlock();
        }
    }
}
