package dev.cacheness.internal.metadata;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Goes through the lines of a file, by means that an interrupt does not close. */
final class JournalLines implements AutoCloseable {

    private final FileInputStream in;

    private byte[] bytes = new byte[1 << 18];

    /** Where the bytes that were read end. */
    private int limit;

    private int start;

    private int end;

    private boolean whole;

    JournalLines(Path file) throws IOException {
        this.in = new FileInputStream(file.toFile());
    }

    /** Goes to the next line; false if there is none. */
    boolean next() throws IOException {
        start = end + (whole ? 1 : 0);
        int searched = start;
        while (true) {
            for (int i = searched; i < limit; i++) {
                if (bytes[i] == '\n') {
                    end = i;
                    whole = true;
                    return true;
                }
            }
            searched = limit - start;
            if (!readMore()) {
                end = limit;
                whole = false;
                return end > start;
            }
        }
    }

    /** Moves the line that has begun to the front. */
    private boolean readMore() throws IOException {
        System.arraycopy(bytes, start, bytes, 0, limit - start);
        limit -= start;
        start = 0;
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = in.read(bytes, limit, bytes.length - limit);
        limit += Math.max(count, 0);
        return count > 0;
    }

    /** The line is in them until the next one is asked for. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** Without the end of the line. */
    int length() {
        return end - start;
    }

    /** Whether the line has an end. */
    boolean isWhole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
