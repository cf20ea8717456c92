package dev.cacheness.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new directory that is deleted when it is closed; below {@code java.io.tmpdir}, which therefore says which disk is measured. */
final class ScratchDirectory implements AutoCloseable {

    private final Path path;

    ScratchDirectory() {
        try {
            path = Files.createTempDirectory("cacheness-benchmark");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
