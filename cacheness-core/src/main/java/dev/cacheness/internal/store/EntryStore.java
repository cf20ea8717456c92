package dev.cacheness.internal.store;

import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Entries together with their bytes. What is stored or removed here is so in one instant, at the change of the row; bytes are written before it and deleted
 * after it, so a crash leaves at worst bytes that nobody refers to. Thread-safe.
 *
 * <p>Methods throw {@link dev.cacheness.CacheMetadataException} as the index does.
 */
public interface EntryStore extends AutoCloseable {

    /** The rows, for everything that has nothing to do with bytes. */
    MetadataBackend index();

    /** The name of what holds the bytes that are not in rows. */
    String blobBackendName();

    /** Begins the bytes of a value. */
    ValueSink begin(WriteSettings settings);

    /**
     * Stores the row that refers to a finished value, with its rows of custom metadata, if the condition holds, and deletes the bytes of the row that it replaces. Closes the value.
     *
     * @throws dev.cacheness.CacheMetadataException if the row was not stored; the former one still holds
     */
    PutResult commit(WrittenValue value, StoredEntry entry, PutCondition condition, List<CustomRow> custom);

    /**
     * As {@link #commit}, but leaves the value open, and keeps its bytes if the condition does not hold, so that they can be offered again with another row.
     *
     * @throws dev.cacheness.CacheMetadataException if the row was not stored; the former one still holds, and the bytes are gone
     */
    PutResult offer(StoredEntry entry, PutCondition condition, List<CustomRow> custom);

    /** Deletes the bytes of a value that no row will refer to, and closes it. */
    void discard(WrittenValue value);

    /**
     * Opens the bytes of a value. Every byte that the stream gives is one that was written.
     *
     * @throws java.nio.file.NoSuchFileException if the bytes are gone
     * @throws CorruptValueException if they cannot be right; the stream throws it, too
     * @throws IOException if they could not be had now
     * @throws UnknownCodecException if the codec that compressed them is not there
     */
    InputStream open(StoredEntry entry) throws IOException;

    /**
     * Reads all bytes of a value and compares them with their checksums, whatever the settings say of reading.
     *
     * @throws IOException as {@link #open} does
     */
    void check(StoredEntry entry) throws IOException;

    /** As {@link MetadataBackend#remove}, with the bytes. */
    List<EntryRef> remove(Collection<EntryRef> entries);

    /** As {@link MetadataBackend#removeExpired(Instant, int)}, with the bytes. */
    List<EntryRef> removeExpired(Instant now, int limit);

    /** As {@link MetadataBackend#removeExpired(String, Instant, int)}, with the bytes. */
    List<EntryRef> removeExpired(String namespace, Instant now, int limit);

    /** As {@link MetadataBackend#removeIdle}, with the bytes. */
    List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit);

    /** As {@link MetadataBackend#invalidate}, with the bytes. */
    List<EntryRef> invalidate(Collection<String> digests);

    /** As {@link MetadataBackend#invalidateMatching}, with the bytes. */
    List<EntryRef> invalidateMatching(EntryFilter filter, int limit);

    /** As {@link MetadataBackend#invalidateCustom}, with the bytes. */
    List<EntryRef> invalidateCustom(CustomSelection selection, int limit);

    /**
     * Deletes bytes that no row refers to and no living writer is about to.
     *
     * @return how many values they belonged to
     */
    int sweep() throws IOException;

    /** How many values {@link #sweep} would delete. */
    int orphans() throws IOException;

    /** Closes index and bytes. */
    @Override
    void close();
}
