package dev.cacheness.internal.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The log that SQLite keeps beside a file in WAL mode: all commits that were not moved into the file yet, in their order. */
final class SqliteLog {

    private SqliteLog() {}

    /**
     * Makes all commits survive a loss of power, as SQLite itself would do at each commit with {@code synchronous=full}. What was moved into the file already was
     * made to last by whoever moved it. No lock of SQLite's is on the log, so that opening and closing it takes none away.
     */
    static void force(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        // A thread that is interrupted cannot use a channel, so the interrupt waits.
        boolean interrupted = Thread.interrupted();
        try {
            force(log, StandardOpenOption.WRITE);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                force(Objects.requireNonNull(file.toAbsolutePath().getParent()), StandardOpenOption.READ);
            }
        } catch (NoSuchFileException ex) {
            // All of it was moved into the file.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void force(Path path, OpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
