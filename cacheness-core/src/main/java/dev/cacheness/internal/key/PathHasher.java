package dev.cacheness.internal.key;

import dev.cacheness.CacheSerializationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hash of what lies at a path, wherever that is: of a file its content, of a directory the names, kinds and contents of all that lies below it.
 * Times, owners and rights do not count. A symbolic link counts by what it points to if it is the path itself, and by the text of its target if it
 * lies in a tree. Thread-safe.
 */
public final class PathHasher {

    private static final int BUFFER_SIZE = 64 * 1024;

    /** From so many files or bytes on, spreading the work over the cores pays. */
    private static final int PARALLEL_FILES = 64;

    private static final long PARALLEL_BYTES = 8L * 1024 * 1024;

    /**
     * What was found.
     *
     * @param sha256 32 bytes: of a file the SHA-256 of its content, of a directory that of its listing
     */
    public record Hash(boolean isDirectory, byte[] sha256) {}

    private PathHasher() {}

    /** @throws CacheSerializationException if there is nothing, or something that is neither file nor directory, or that cannot be read */
    public static Hash hash(Path path) {
        PathTree tree = PathTree.scan(path);
        List<PathTree> files = tree.files();
        long bytes = files.stream().mapToLong(PathTree::size).sum();
        Stream<PathTree> work = files.size() >= PARALLEL_FILES || (files.size() > 1 && bytes >= PARALLEL_BYTES)
                ? files.parallelStream()
                : files.stream();
        work.forEach(file -> file.hash(sha256(file.path())));
        return new Hash(tree.isDirectory(), tree.sha256());
    }

    private static byte[] sha256(Path file) {
        MessageDigest hash = Sha256.start();
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream in = Files.newInputStream(file)) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                hash.update(buffer, 0, read);
            }
        } catch (IOException ex) {
            throw unreadable(file, ex);
        }
        return hash.digest();
    }

    static CacheSerializationException unreadable(Path path, IOException ex) {
        String problem;
        if (ex instanceof NoSuchFileException) {
            problem = "does not exist";
        } else if (ex instanceof FileSystemException named && named.getReason() != null) {
            problem = "cannot be read: " + named.getReason();
        } else {
            problem = "cannot be read: " + ex;
        }
        return new CacheSerializationException(
                "The path '" + ReadableText.of(path.toString(), 1000) + "' " + problem + ".", ex);
    }
}
