package dev.cacheness.engine;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.CorruptValueException;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.internal.store.UnknownCodecException;
import dev.cacheness.spi.FieldReader;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.NullValue;
import dev.cacheness.spi.NullableType;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns stored bytes into the value that a key declares, or says why that cannot be. Thread-safe. */
final class ValueReader {

    private final EntryStore store;

    private final TrustingHandlers handlers;

    private final Upcasters upcasters;

    private final @Nullable SharedValues shared;

    private final Shapes shapes = new Shapes();

    /** @param shared null if each reader gets a value of its own */
    ValueReader(EntryStore store, TrustingHandlers handlers, Upcasters upcasters, @Nullable SharedValues shared) {
        this.store = store;
        this.handlers = handlers;
        this.upcasters = upcasters;
        this.shared = shared;
    }

    /**
     * Reads a value.
     *
     * @throws NoSuchFileException if the bytes are gone
     * @throws UnreadableException if there are bytes but no value of the type
     */
    Object read(StoredEntry entry, Type keyType) throws NoSuchFileException, UnreadableException {
        Object made = shared == null ? null : shared.of(entry, keyType);
        if (made == null) {
            made = make(entry, keyType);
            if (shared != null) {
                shared.made(entry, keyType, made);
            }
        }
        return made;
    }

    private Object make(StoredEntry entry, Type keyType) throws NoSuchFileException, UnreadableException {
        Handler<?> handler = handlerOf(entry);
        Type type = keyType instanceof NullableType nullable ? orNull(nullable, entry) : keyType;
        try {
            return readAsItIs(entry, handler, type);
        } catch (UnreadableException ex) {
            if (ex.reason() != MissReason.TYPE_CHANGED || upcasters.isEmpty() || !(handler instanceof FieldReader)) {
                throw ex;
            }
            return upcast(entry, (FieldReader) handler, type).orElseThrow(() -> ex);
        }
    }

    private static Type orNull(NullableType nullable, StoredEntry entry) {
        return NullValue.class.getName().equals(entry.metadata().valueType()) ? NullValue.class : nullable.type();
    }

    private Optional<Object> upcast(StoredEntry entry, FieldReader handler, Type type)
            throws NoSuchFileException, UnreadableException {
        Optional<Object> value;
        try (InputStream in = store.open(entry)) {
            value = upcasters.upcast(entry.metadata().valueType(), type, handler.readFields(in));
        } catch (NoSuchFileException ex) {
            throw ex;
        } catch (IOException ex) {
            throw unreadable(ex);
        } catch (RuntimeException | LinkageError | StackOverflowError ex) {
            throw new UnreadableException(MissReason.TYPE_CHANGED, "The upcaster failed: " + ex, ex);
        }
        return value.filter(upcast -> ValueTypes.isInstance(type, upcast));
    }

    private Object readAsItIs(StoredEntry entry, Handler<?> handler, Type type)
            throws NoSuchFileException, UnreadableException {
        Object value = decode(entry, handler, type);
        if (!ValueTypes.isInstance(type, value)) {
            throw new UnreadableException(
                    MissReason.TYPE_CHANGED,
                    "The value is a " + value.getClass().getName() + ", but the key is for " + type.getTypeName(),
                    null);
        }
        checkShape(entry, handler, type, value);
        return value;
    }

    private void checkShape(StoredEntry entry, Handler<?> handler, Type type, Object value) throws UnreadableException {
        String then = entry.typeFingerprint();
        String now = then != null && handler.fillsFields() ? shapes.of(type, value.getClass()) : null;
        boolean upcast = upcasters.knows(entry.metadata().valueType());
        if (then != null
                && now != null
                && !then.equals(now)
                && !(upcast ? Shapes.isSame(then, now) : Shapes.isReadable(then, now))) {
            throw new UnreadableException(
                    MissReason.TYPE_CHANGED,
                    "Fields of " + value.getClass().getName()
                            + ", or of a class that it refers to, were renamed or have another type since",
                    null);
        }
    }

    private Handler<?> handlerOf(StoredEntry entry) throws UnreadableException {
        String name = entry.metadata().handler();
        Optional<Handler<?>> handler = handlers.forName(name, entry.metadata().namespace());
        if (handler.isEmpty()) {
            throw new UnreadableException(
                    MissReason.REFUSED, "There is no handler '" + name + "', only " + handlers.names(), null);
        }
        if (!handler.get().canRead(entry.handlerVersion())) {
            throw new UnreadableException(
                    MissReason.TYPE_CHANGED,
                    "The handler '" + name + "' cannot read its version " + entry.handlerVersion(),
                    null);
        }
        return handler.get();
    }

    private Object decode(StoredEntry entry, Handler<?> handler, Type type)
            throws NoSuchFileException, UnreadableException {
        try {
            return decode(store.open(entry), handler, type);
        } catch (NoSuchFileException ex) {
            throw ex;
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError ex) {
            throw unreadable(ex);
        }
    }

    private static Object decode(InputStream in, Handler<?> handler, Type type) throws IOException {
        boolean kept = false;
        try {
            Object value = handler.read(in, type);
            kept = handler.keepsStream(value);
            return value;
        } finally {
            if (!kept) {
                in.close();
            }
        }
    }

    /** What the caller is told; a handler may have hidden the real reason behind an exception of its own. */
    static UnreadableException unreadable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptValueException corrupt) {
                return UnreadableException.damaged(corrupt);
            }
            if (cause instanceof CacheSerializationException said && said.missReason() != null) {
                return new UnreadableException(said.missReason(), failure.getMessage(), failure);
            }
            if (cause instanceof UnknownCodecException) {
                return new UnreadableException(MissReason.REFUSED, failure.getMessage(), failure);
            }
            if (cause instanceof IOException) {
                return new UnreadableException(MissReason.BACKEND_DOWN, failure.toString(), failure);
            }
        }
        return new UnreadableException(MissReason.CORRUPT, failure.toString(), failure);
    }
}
