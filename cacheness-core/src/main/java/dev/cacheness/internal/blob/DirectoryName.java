package dev.cacheness.internal.blob;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A random name in a file of the directory, which stays with it wherever it is moved or mounted. */
final class DirectoryName {

    static final String FILE = "STORE";

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");

    /** Somebody who made the file may not have written it yet. */
    private static final int ATTEMPTS = 50;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private DirectoryName() {}

    /** The name; a new one if there is none. */
    static String of(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (Files.exists(file)) {
                String name = Files.readString(file).strip();
                if (NAME.matcher(name).matches()) {
                    return name;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } else {
                create(file);
            }
        }
        throw new IOException("The file " + file + " is damaged. If this is the only cache of its index, delete it.");
    }

    private static void create(Path file) throws IOException {
        try {
            Files.writeString(file, BlobName.nextOwner(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException ex) {
            // Somebody else was quicker; his name is read next.
        }
    }
}
