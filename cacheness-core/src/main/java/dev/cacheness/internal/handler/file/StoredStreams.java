package dev.cacheness.internal.handler.file;

import dev.cacheness.ValueSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.reflect.Type;
import java.util.Optional;

/** Stored bytes for those who ask for bytes, whatever value they make. */
public final class StoredStreams {

    private StoredStreams() {}

    /** The bytes as a {@link ValueSource} or an {@link InputStream}; empty if the type is neither. */
    public static Optional<Object> of(InputStream in, Type type) throws IOException {
        if (type == ValueSource.class) {
            return Optional.of(new StoredSource(verified(in)));
        }
        return type == InputStream.class ? Optional.of(verified(in)) : Optional.empty();
    }

    /** Whether a value is one that {@link #of} gave, and so reads from the stream yet. */
    public static boolean isStream(Object value) {
        return value instanceof InputStream || value instanceof ValueSource;
    }

    /** Makes the store verify the first of its blocks now, so that damage there is a miss and no surprise to the reader. */
    private static InputStream verified(InputStream in) throws IOException {
        PushbackInputStream ahead = new PushbackInputStream(in);
        int first = ahead.read();
        if (first >= 0) {
            ahead.unread(first);
        }
        return ahead;
    }
}
