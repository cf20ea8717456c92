package dev.cacheness.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Turns one kind of value into bytes and back. It sees streams only: where the bytes live, how they are compressed and how they are verified is not
 * its concern. Thread-safe.
 *
 * @param <T> the kind of value
 */
public interface Handler<T> {

    /** Stored with every entry, and how the handler is found again: 1 to 32 lower-case letters, digits or {@code -}. */
    String name();

    /** The version of the format that {@link #write} produces; stored with every entry. */
    default int version() {
        return 1;
    }

    /** Whether values that an earlier version wrote can be read. If not, they are misses with the reason {@code type-changed}. */
    default boolean canRead(int version) {
        return version == version();
    }

    /** Whether {@link #write} will take the value and {@link #read} give back an equal one. Must be quick, and must not change the value. */
    boolean accepts(Object value);

    /**
     * Writes the value. The stream need not be buffered, flushed or closed.
     *
     * @throws IOException as the stream threw it
     * @throws dev.cacheness.CacheSerializationException if the value, or something in it, cannot be written; names what and why
     */
    void write(T value, OutputStream out) throws IOException;

    /**
     * Reads the value back. Every byte that the stream gives has been verified to be one that was written.
     *
     * @param in ends where the value ends; need not be closed
     * @param type the type that the caller expects, {@code Object} if it does not say
     * @throws IOException as the stream threw it
     * @throws dev.cacheness.CacheSerializationException if the bytes make no value; its
     *     {@link dev.cacheness.CacheSerializationException#missReason()} is what the caller of the cache is told
     */
    T read(InputStream in, Type type) throws IOException;

    /**
     * Whether {@link #read} may fill the fields of a class that is not as it was when the value was written. The cache then keeps a fingerprint of the
     * classes with the entry, and takes the value for unreadable if fields were renamed or have another type since.
     */
    default boolean fillsFields() {
        return false;
    }

    /**
     * Whether a value that {@link #read} has given still reads from the stream that it was given. If so, the stream stays open, and it is up to whoever
     * has the value to close it through the value.
     */
    default boolean keepsStream(Object value) {
        return false;
    }

    /**
     * A handler that reads and writes as this one, and also classes of these packages and of all below them; for a cache that trusts more than the others.
     *
     * @return itself, if it does not choose classes by what is trusted
     */
    default Handler<T> trusting(List<String> packages) {
        return this;
    }

    /** Whether it is worth trying to compress what this handler writes. */
    default boolean compressible() {
        return true;
    }
}
