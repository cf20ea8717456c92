package dev.cacheness.internal.metadata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** The files of an index: a snapshot, the one before it, and the journal that continues the snapshot. */
record JournalFiles(Path directory) {

    Path journal() {
        return directory.resolve("index.journal");
    }

    Path snapshot() {
        return directory.resolve("index.snap");
    }

    Path olderSnapshot() {
        return directory.resolve("index.snap.old");
    }

    Path lock() {
        return directory.resolve("index.lock");
    }

    /** Puts a damaged file aside under a name that is free, and tells it. */
    Path putAside(Path file) throws IOException {
        for (int number = 1; true; number++) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + number);
            if (!Files.exists(aside)) {
                return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Writes a file beside its place and makes it last. */
    Path draft(Path file, JournalHeader header, List<Map<String, Object>> lines) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (JournalFile out = JournalFile.open(draft, 0)) {
            out.append(JournalLine.encode(header.toJson()), false);
            for (Map<String, Object> line : lines) {
                out.append(JournalLine.encode(line), false);
            }
            out.force();
        }
        return draft;
    }

    /** The snapshot takes the place of the former one, which is kept. */
    void replaceSnapshot(Path draft) throws IOException {
        if (Files.exists(snapshot())) {
            move(snapshot(), olderSnapshot());
        }
        move(draft, snapshot());
    }

    void replaceJournal(Path draft) throws IOException {
        move(draft, journal());
        forceDirectory();
    }

    private static void move(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the names last. A thread that is interrupted cannot use a channel, so the interrupt waits. */
    private void forceDirectory() throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
