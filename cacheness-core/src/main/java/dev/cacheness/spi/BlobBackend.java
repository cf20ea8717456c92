package dev.cacheness.spi;

import dev.cacheness.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Where large values live: sequences of bytes that are written once and never changed. It knows nothing of keys and entries. The names are its own
 * choice, new ones every time, so that nothing is ever overwritten. Thread-safe.
 */
public interface BlobBackend extends AutoCloseable {

    /** The name of its provider. */
    String name();

    /** Begins a blob under a new name. */
    BlobWriter create() throws IOException;

    /**
     * As {@link #create()}, for a blob that need not survive more than this, which is at most what the backend was opened for. One that does not tell its blobs
     * apart lets them all survive the same.
     */
    default BlobWriter create(Durability durability) throws IOException {
        return create();
    }

    /**
     * Opens a blob for reading. Deleting the blob meanwhile does not disturb the reader.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    BlobReader open(String blobId) throws IOException;

    /**
     * Deletes a blob.
     *
     * @return false if there was none of that name, where the backend can tell
     */
    boolean delete(String blobId) throws IOException;

    /**
     * Deletes blobs that no entry refers to and that nobody is about to refer to: what writers left behind that died, or deletions that failed. Never
     * touches what a living writer has open, here or in another process, and nothing that this kind of backend did not write.
     *
     * @param references knows which blobs entries refer to
     * @return how many blobs were deleted
     */
    int sweep(References references) throws IOException;

    /**
     * Offers intents of the index, before anything else is called. A backend that several hosts share takes them, registers every blob before it begins
     * it, and sweeps what they say has ended; see {@link BlobIntents}. One that can tell in another way which writers are alive does without.
     *
     * @return whether it takes them; the index then stores no row whose blob has no intent
     */
    default boolean useIntents(BlobIntents intents) {
        return false;
    }

    /** A name of the place where the blobs are, the same for all that keep blobs there; empty if there is nothing to confuse it with. See {@link BlobHome}. */
    default Optional<String> place() {
        return Optional.empty();
    }

    /** Whether it is of no use without intents, so that a cache whose index keeps none does not start with it. */
    default boolean needsIntents() {
        return false;
    }

    /**
     * Whether a call may take much longer than its caller can wait, for example because it goes over a network. A cache then runs the calls on threads of
     * its own, and goes on without their answers after a while.
     */
    default boolean mayHang() {
        return true;
    }

    /** Lets go of all resources. The blobs stay. */
    @Override
    void close();

    /** Knows which blobs entries refer to. */
    @FunctionalInterface
    interface References {

        /** Those of the given blobs that an entry refers to. */
        Set<String> among(Collection<String> blobIds);
    }

    /** A blob being written. For one thread at a time. */
    interface BlobWriter extends AutoCloseable {

        /** The name of the blob; letters, digits and {@code -}, at most 80 characters. */
        String blobId();

        /** Appends all remaining bytes of the buffer. */
        void write(ByteBuffer bytes) throws IOException;

        /**
         * Makes the blob complete and, as far as the {@link dev.cacheness.Durability} asks for it, lasting. May be called once.
         *
         * @throws IOException if that failed; the blob is of no use then
         */
        void commit() throws IOException;

        /**
         * Ends writing. Without a commit the blob is discarded. Until this call no {@link BlobBackend#sweep} deletes the blob, so a writer stays open
         * until the entry that refers to its blob is stored.
         */
        @Override
        void close();
    }

    /** A blob being read. Thread-safe. */
    interface BlobReader extends AutoCloseable {

        /** The size in bytes. */
        long size();

        /**
         * Fills the remaining space of the buffer with the bytes from the position on. Calls usually come in ascending order.
         *
         * @throws java.io.EOFException if the blob ends before that
         */
        void read(long position, ByteBuffer target) throws IOException;

        @Override
        void close();
    }
}
