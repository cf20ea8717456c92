package dev.cacheness.storage;

import dev.cacheness.CustomMetadataQuery;
import dev.cacheness.IntegrityReport;
import dev.cacheness.PutOption;
import dev.cacheness.TypeRef;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts by name: models, reports, data sets. A store forgets nothing by itself, for it knows no expiry and no eviction, and unlike a cache it does not
 * hide what is wrong: a read answers with empty only if there is nothing, and throws {@link UnreadableBlobException} if there is something that cannot be
 * read. What it acknowledged survives the loss of power, unless it was told otherwise.
 *
 * <p>A key is any text of 1 to 1,024 characters without control characters. It is no path and no file name: {@code a/../b} and {@code b} are two keys.
 *
 * <p>Thread-safe; several processes may share a store if its metadata backend lets them. A put replaces or adds a value in one instant: whoever reads gets
 * the former value or the new one, whole, and a put that fails changes nothing. Every method throws {@link dev.cacheness.CacheClosedException} after
 * {@link #close}, {@link dev.cacheness.CacheMetadataException} if the index cannot be reached, {@link NullPointerException} for null, and
 * {@link IllegalArgumentException} for what cannot be a key.
 */
public interface BlobStore extends AutoCloseable {

    /**
     * Stores a value under a key, in place of the one that was there, or as its next version if the store keeps versions.
     *
     * @param value anything that a handler takes, see {@link dev.cacheness.spi.Handler}; also a {@code Path}, an {@code InputStream}, which is read to
     *     its end and not closed, or a {@link dev.cacheness.ValueSource}. Files and streams may be larger than the heap
     * @param options description, attributes, tags, custom metadata and handler, see {@link PutOption}; they belong to this value alone
     * @return what is known about the value
     * @throws IllegalArgumentException for options about expiry, attributes whose name begins with {@code cacheness.}, and if the store is
     *     content-addressable: use {@link #add} there
     * @throws dev.cacheness.CacheSerializationException if no handler can write the value
     * @throws dev.cacheness.CacheStorageException if its bytes could not be read or stored
     */
    BlobMetadata put(String key, Object value, PutOption... options);

    /**
     * Stores a value under a key that the store makes: a random one of 32 hexadecimal characters, or in a content-addressable store the SHA-256 of the
     * content, 64 hexadecimal characters, followed by {@code -} and the name of the handler unless that is {@code bytes}, {@code file} or {@code stream}.
     *
     * <p>In a content-addressable store equal contents are stored once, and counted: each {@code add} has to be met by a {@link #delete} before the content
     * is gone. Attributes and tags of a later {@code add} are added to those of the former ones; custom metadata is refused.
     *
     * @return what is known about the value, first of all its key
     * @throws RuntimeException as {@link #put} does
     */
    BlobMetadata add(Object value, PutOption... options);

    /**
     * Reads the value of a key, of its latest version if there are several. What was stored as bytes, file or stream can be read as each of them: ask for
     * {@code byte[]}, for {@code Path}, which gives a copy that is the caller's own and is deleted when the store is closed, for {@code InputStream}, or
     * for {@link dev.cacheness.ValueSource}.
     *
     * @return empty only if there is no such key
     * @throws UnreadableBlobException if there is a value that cannot be read, or is of another type
     */
    <T> Optional<T> get(String key, Class<T> type);

    /** As {@link #get(String, Class)}, for types with type parameters. */
    <T> Optional<T> get(String key, TypeRef<T> type);

    /** As {@link #get(String, Class)}, for one version. */
    <T> Optional<T> get(String key, int version, Class<T> type);

    /** As {@link #get(String, Class)}, for one version and for types with type parameters. */
    <T> Optional<T> get(String key, int version, TypeRef<T> type);

    /**
     * Opens the stored bytes of a value, as its handler wrote them. The caller closes the stream; what becomes of the key meanwhile does not disturb it. Each
     * byte has been verified before it is given, and the stream throws an {@link java.io.IOException} where they turn out to be damaged.
     *
     * @return empty only if there is no such key
     * @throws UnreadableBlobException if the bytes are damaged or gone
     */
    Optional<InputStream> openStream(String key);

    /** As {@link #openStream(String)}, for one version. */
    Optional<InputStream> openStream(String key, int version);

    /**
     * Copies the stored bytes of a value into a file, which is replaced in one step when all bytes have been verified, and is readable by its owner only.
     *
     * @return false only if there is no such key; the file is as it was then
     * @throws UnreadableBlobException if the bytes are damaged or gone
     * @throws dev.cacheness.CacheStorageException if the file cannot be written
     */
    boolean copyTo(String key, Path file);

    /** Whether there is a value under the key. */
    boolean exists(String key);

    /** What is known about the value of a key, empty if there is none. */
    Optional<BlobMetadata> metadata(String key);

    /** What is known about one version of a key, empty if there is none. */
    Optional<BlobMetadata> metadata(String key, int version);

    /**
     * Changes attributes of the value that a key has now; its other attributes stay as they are.
     *
     * @param changes new values by name; null takes an attribute away
     * @return false if there is no such key
     * @throws IllegalArgumentException for names and values that no attribute can have
     */
    boolean updateMetadata(String key, Map<String, ? extends @Nullable Object> changes);

    /**
     * Deletes a key with all its versions, or in a content-addressable store one reference to its content.
     *
     * @return false if there is no such key
     */
    boolean delete(String key);

    /** The artifacts that the query selects, each with its latest version, newest first. Older versions are not looked at. */
    List<BlobMetadata> list(BlobQuery query);

    /** The versions of a key that are kept, latest first; empty if there is no such key. */
    List<BlobMetadata> versions(String key);

    /**
     * Deletes all but the latest versions of a key.
     *
     * @param newest how many to keep, at least 1
     * @return how many were deleted
     */
    int retain(String key, int newest);

    /**
     * Deletes all but the latest versions of every key.
     *
     * @param newest how many to keep of each, at least 1
     * @return how many were deleted
     */
    int retain(int newest);

    /**
     * Asks for values by the custom metadata that was put with them; answers of older versions are among them. {@link #matches} gives their keys.
     *
     * @throws IllegalArgumentException if the record is not annotated as {@link dev.cacheness.CustomMetadata}
     */
    <R extends Record> CustomMetadataQuery<R> query(Class<R> record);

    /** What a query finds, with the keys. Values that were deleted in between are left out. */
    <R extends Record> List<BlobMatch<R>> matches(CustomMetadataQuery<R> query);

    /**
     * Deletes everything.
     *
     * @return how many values that were, every version counted
     */
    int clear();

    /** How much there is. */
    BlobStoreStats stats();

    /** Reads every value, compares it with its checksum, and looks for bytes that belong to none. Changes nothing. */
    IntegrityReport verify();

    /** As {@link #verify}, and removes what it finds: values whose bytes are damaged or gone, and bytes that belong to no value. Cannot be undone. */
    IntegrityReport repair();

    /** Lets go of all resources. Does nothing the second time. */
    @Override
    void close();
}
