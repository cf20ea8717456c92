package dev.cacheness.internal.handler.file;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.ValueSource;
import dev.cacheness.internal.handler.ValueTypes;
import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files and streams as they are. A file is stored by its content and comes back as a copy; whoever asks for a {@link ValueSource} or an
 * {@link InputStream} gets the stored bytes without a copy.
 */
final class FileHandler implements Handler<Object>, AutoCloseable {

    static final String FILE = "file";

    static final String STREAM = "stream";

    private final String name;

    private final Class<?> kind;

    private final Copies copies = new Copies();

    private FileHandler(String name, Class<?> kind) {
        this.name = name;
        this.kind = kind;
    }

    /** For paths; what is read is a path unless something else is asked for. */
    static FileHandler ofFiles() {
        return new FileHandler(FILE, Path.class);
    }

    /** For sources; what is read is a source unless something else is asked for. */
    static FileHandler ofStreams() {
        return new FileHandler(STREAM, ValueSource.class);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean accepts(Object value) {
        return kind.isInstance(value);
    }

    @Override
    public void write(Object value, OutputStream out) throws IOException {
        if (value instanceof Path path && !Files.isRegularFile(path)) {
            throw new CacheSerializationException("The path '" + path + "' cannot be stored: "
                    + (Files.exists(path) ? "it is no file" : "there is no such file"));
        }
        try (InputStream in = open(value)) {
            Transfer.all(in, out);
        }
    }

    private static InputStream open(Object value) throws IOException {
        if (value instanceof Path path) {
            return Files.newInputStream(path);
        }
        if (value instanceof ValueSource source) {
            return source.openStream();
        }
        throw new CacheSerializationException("A value of " + value.getClass().getName()
                + " is neither a java.nio.file.Path nor a " + ValueSource.class.getName());
    }

    @Override
    public Object read(InputStream in, Type type) throws IOException {
        Class<?> expected = ValueTypes.rawClass(type);
        if (expected == Object.class) {
            expected = kind;
        }
        if (expected.isAssignableFrom(Path.class)) {
            return copies.copyOf(in);
        }
        Optional<Object> stream = StoredStreams.of(in, expected);
        if (stream.isPresent()) {
            return stream.get();
        }
        throw ValueTypes.mismatch(kind == Path.class ? "file" : "stream", type);
    }

    @Override
    public boolean keepsStream(Object value) {
        return StoredStreams.isStream(value);
    }

    /** Deletes the copies that readers have left. */
    @Override
    public void close() {
        copies.close();
    }
}
