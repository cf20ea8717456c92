package dev.cacheness.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A value in a file, as one would write it by hand: into a temporary file that is renamed when it is whole. */
final class PlainFile {

    private final Path file;

    PlainFile(Path file) {
        this.file = file;
    }

    Path write(Writer writer) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        writer.writeTo(draft);
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path path() {
        return file;
    }

    Path writeFloats(float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return write(draft -> Files.write(draft, bytes.array()));
    }

    float[] readFloats() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Writes a file. */
    @FunctionalInterface
    interface Writer {

        void writeTo(Path draft) throws IOException;
    }
}
