package dev.cacheness.internal.metadata;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that lines are added to, by means that an interrupt of the thread does not close. A line is there as a whole or not at all. */
final class JournalFile implements AutoCloseable {

    private final RandomAccessFile file;

    private long size;

    private JournalFile(RandomAccessFile file, long size) {
        this.file = file;
        this.size = size;
    }

    /** Opens a file, which is created for the owner's eyes only if it is not there, and cuts off what is behind its good bytes. */
    static JournalFile open(Path path, long goodBytes) throws IOException {
        try {
            Files.createFile(path, ownerOnly(path));
        } catch (FileAlreadyExistsException e) {
            // The usual case.
        }
        var file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(goodBytes);
            file.seek(goodBytes);
            return new JournalFile(file, goodBytes);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    long size() {
        return size;
    }

    /** Adds a line; if that fails, whatever was written of it has to be {@link #undo undone}. */
    void append(byte[] line, boolean force) throws IOException {
        file.write(line);
        if (force) {
            file.getFD().sync();
        }
        size += line.length;
    }

    /** Takes away what a failed append has left. */
    void undo() throws IOException {
        file.setLength(size);
        file.seek(size);
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
