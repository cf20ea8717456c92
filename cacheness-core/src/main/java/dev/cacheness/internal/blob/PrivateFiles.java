package dev.cacheness.internal.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders for the owner's eyes only, whatever the umask says. */
final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final FileAttribute<?>[] FILE = attributes("rw-------");

    private static final FileAttribute<?>[] FOLDER = attributes("rwx------");

    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private PrivateFiles() {}

    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, FOLDER);
    }

    /** Creates a file that must not be there yet, and its folder if need be. */
    static FileChannel create(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            return FileChannel.open(file, CREATE, FILE);
        } catch (NoSuchFileException ex) {
            createFolder(folder);
            return FileChannel.open(file, CREATE, FILE);
        }
    }

    static FileChannel openForReading(Path file) throws IOException {
        return FileChannel.open(file, READ);
    }

    /** Makes the names in a folder last through a loss of power. */
    static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
