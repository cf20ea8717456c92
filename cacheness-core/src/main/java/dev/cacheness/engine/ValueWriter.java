package dev.cacheness.engine;

import dev.cacheness.CacheException;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.internal.store.ValueSink;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Turns values into bytes that no entry refers to yet. Thread-safe. */
final class ValueWriter {

    private final HandlerRegistry handlers;

    ValueWriter(HandlerRegistry handlers) {
        this.handlers = handlers;
    }

    /** @param name of the handler, null for the first one that accepts the value */
    @SuppressWarnings("unchecked")
    <V> Handler<? super V> handlerFor(V value, @Nullable String name) {
        if (name == null) {
            return handlers.forValue(value);
        }
        return (Handler<? super V>) handlers.forName(name)
                .orElseThrow(() -> new CacheSerializationException(
                        "There is no handler '" + name + "', only " + handlers.names()));
    }

    /**
     * Writes a value.
     *
     * @param key what messages call it
     * @param hash is given the bytes before compression, null if nobody wants to know
     */
    <V> WrittenValue write(
            String key, Handler<? super V> handler, V value, ValueSink sink, @Nullable MessageDigest hash) {
        OutputStream out = hash == null ? sink : new DigestOutputStream(sink, hash);
        boolean finished = false;
        try {
            handler.write(value, out);
            // A handler may have swallowed what the sink threw; then the bytes are not whole.
            if (sink.failure() != null) {
                throw failed(key, handler, value, sink.failure(), sink);
            }
            WrittenValue written = sink.finish();
            finished = true;
            return written;
        } catch (IOException | RuntimeException | StackOverflowError ex) {
            throw failed(key, handler, value, ex, sink);
        } finally {
            if (!finished) {
                sink.abort();
            }
        }
    }

    private static CacheException failed(
            String key, Handler<?> handler, Object value, Throwable failure, ValueSink sink) {
        Throwable cause = sink.failure() != null ? sink.failure() : failure;
        if (cause instanceof CacheException known) {
            return known;
        }
        if (cause instanceof IOException) {
            return new CacheStorageException("The value of key " + key + " could not be written: " + cause, cause);
        }
        return new CacheSerializationException(
                "The handler '" + handler.name() + "' cannot write a "
                        + value.getClass().getName() + " for key " + key + ": " + cause,
                cause);
    }
}
