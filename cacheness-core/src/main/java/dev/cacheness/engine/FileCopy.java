package dev.cacheness.engine;

import dev.cacheness.CacheStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there whole or not at all. */
final class FileCopy {

    /** As large as the blocks of the store, which are then not copied once more. */
    private static final int PIECE = 1 << 20;

    private FileCopy() {}

    /**
     * Copies a stream into a file, in place of the one that is there.
     *
     * @return how many bytes
     * @throws IOException as the stream threw it
     * @throws CacheStorageException if the file cannot be written
     */
    static long of(InputStream in, Path file) throws IOException {
        Path draft = create(file);
        try {
            long size = fill(in, draft, file);
            move(draft, file);
            return size;
        } finally {
            deleteIfThere(draft, file);
        }
    }

    private static Path create(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new CacheStorageException("The file '" + file + "' cannot be written: it is a directory");
        }
        try {
            return Files.createTempFile(folder, "." + file.getFileName(), ".part");
        } catch (IOException ex) {
            throw failed(file, ex);
        }
    }

    private static long fill(InputStream in, Path draft, Path file) throws IOException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        try (Sink out = new Sink(file, open(draft, file))) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, count);
                size += count;
            }
        }
        return size;
    }

    private static OutputStream open(Path draft, Path file) {
        try {
            return Files.newOutputStream(draft);
        } catch (IOException ex) {
            throw failed(file, ex);
        }
    }

    private static void move(Path draft, Path file) {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException ex) {
            throw failed(file, ex);
        }
    }

    private static void deleteIfThere(Path draft, Path file) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException ex) {
            throw failed(file, ex);
        }
    }

    private static CacheStorageException failed(Path file, IOException ex) {
        return new CacheStorageException("The file '" + file + "' cannot be written: " + ex, ex);
    }

    /** Tells failures of writing from those of reading. */
    private record Sink(Path file, OutputStream out) implements AutoCloseable {

        void write(byte[] bytes, int count) {
            try {
                out.write(bytes, 0, count);
            } catch (IOException ex) {
                throw failed(file, ex);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException ex) {
                throw failed(file, ex);
            }
        }
    }
}
