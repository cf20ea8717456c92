package dev.cacheness.internal.handler.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that readers get: copies in a directory of their own below the system's temporary one, which are the readers' to change, move and delete. What
 * they leave there goes when the cache is closed. Thread-safe.
 */
final class Copies implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Copies.class);

    private @Nullable Path directory;

    /** Copies all that the stream gives into a new file. */
    Path copyOf(InputStream in) throws IOException {
        Path copy = create();
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(copy)) {
            Transfer.all(in, out);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(copy);
            }
        }
        return copy;
    }

    private Path create() throws IOException {
        try {
            return Files.createTempFile(directory(), "value-", "");
        } catch (NoSuchFileException ex) {
            // Something tidied up the temporary directory.
            forget();
            return Files.createTempFile(directory(), "value-", "");
        }
    }

    private synchronized Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("cacheness-");
        }
        return directory;
    }

    private synchronized void forget() {
        directory = null;
    }

    /** Deletes the copies that are still there. */
    @Override
    public synchronized void close() {
        Path left = directory;
        directory = null;
        if (left == null) {
            return;
        }
        try (Stream<Path> copies = Files.list(left)) {
            for (Path copy : copies.toList()) {
                Files.deleteIfExists(copy);
            }
            Files.deleteIfExists(left);
        } catch (IOException ex) {
            log.warn("Copies of stored files are left in {}; they can be deleted", left, ex);
        }
    }
}
