package dev.cacheness;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A persistent cache: values by typed key, with an expiry, free attributes and statistics.
 *
 * <p>What every implementation keeps to:
 *
 * <ul>
 *   <li>A reader gets exactly the value of one put to that key, or nothing. Half-written, damaged and foreign values are misses.
 *   <li>Reading never throws because of stored data or of a failing store: such an entry is a miss whose {@link MissReason} is counted. Writing
 *       throws when the value was not stored; then the former value still reads.
 *   <li>Values are never null, so an empty {@link Optional} always means that there is nothing to be had.
 *   <li>A value that is past its end is handed out by {@code getOrCompute} alone, only where the policy of its namespace says so, and never after an
 *       invalidation.
 *   <li>One rule of expiry for all: an entry whose {@link EntryMetadata#expiresAt()} is not after the present is not there, for
 *       {@code get}, {@code exists}, {@code entries} and {@code cleanUpExpired} alike.
 * </ul>
 *
 * <p>Thread-safe, without a global lock. Several processes may share a store as far as its backends allow. After {@link #close()} every method but
 * {@code close} throws {@link CacheClosedException}. Every method throws {@link NullPointerException} for a null argument.
 */
public interface Cacheness extends AutoCloseable {

    /**
     * Stores a value, replacing what the key had.
     *
     * @return the digest of the key, 32 lower-case hexadecimal characters
     * @throws CacheSerializationException if the key or the value cannot be turned into bytes; nothing is stored
     * @throws CacheCapacityException if the value is larger than the cache may be; nothing is stored and nothing is evicted
     * @throws CacheStorageException if the bytes could not be written
     * @throws CacheMetadataException if the index could not be written
     */
    <V> String put(CacheKey<? super V> key, V value, PutOption... options);

    /**
     * Stores a value only if the key has none (an expired one counts as none). Decided atomically, also between processes.
     *
     * @return whether the value was stored
     */
    <V> boolean putIfAbsent(CacheKey<? super V> key, V value, PutOption... options);

    /**
     * Stores a value only if the key has one that is not expired. Decided atomically, also between processes.
     *
     * @return whether the value was stored
     */
    <V> boolean replace(CacheKey<? super V> key, V value, PutOption... options);

    /** Stores every value under its key, each as {@link #put} does; the first failure ends it and leaves the ones before it stored. */
    <V> void putAll(Map<? extends CacheKey<? super V>, ? extends V> values, PutOption... options);

    /** The value of a key, or empty if there is none that can be read and is fresh enough. */
    <V> Optional<V> get(CacheKey<V> key, GetOption... options);

    /** The values of those keys that have one, in the order in which the keys were given; keys without a value are left out. */
    <V> Map<CacheKey<V>, V> getAll(Collection<? extends CacheKey<V>> keys, GetOption... options);

    /** The value of a key together with everything that is known about its entry; empty as for {@link #get}. */
    <V> Optional<CacheEntry<V>> getEntry(CacheKey<V> key, GetOption... options);

    /** Like {@link #get}, but a miss says why. */
    <V> Lookup<V> lookup(CacheKey<V> key, GetOption... options);

    /**
     * The value of a key; if there is none, the loader makes it and it is stored.
     *
     * <p>In one process only one caller runs the loader of a key, the others wait for its result, whatever it is. A value that could not be stored is
     * logged, counted and returned all the same. A value whose load began before an invalidation of its key is returned to those who waited, and not
     * stored.
     *
     * <p>The policy of the namespace may say that a value is handed out while a new one is loaded in the background, that a stale one stands in for one that
     * cannot be loaded, and how long callers wait. Then the loader may run in another thread, without what is bound to the caller's.
     *
     * @param loader must not ask the cache for the same key again
     * @return the value found or loaded
     * @throws CacheLoadTimeoutException if the load takes longer than the policy lets callers wait
     * @throws CacheLoadRefusedException if so many loads failed that the policy lets no more be tried for a while
     * @throws X what the loader threw; every waiting caller gets the same exception and nothing is stored
     * @throws IllegalStateException if the loader asks for the key that it is loading
     * @throws NullPointerException if the loader returns null
     * @throws ClassCastException if the loader returns a value of another type than the key's; nothing is stored
     */
    <V, K extends CacheKey<V>, X extends Exception> V getOrCompute(
            K key, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X;

    /**
     * As {@link #getOrCompute}, with what is known about the entry: how old it is, and whether it is stale. Of a value that was loaded and could not be stored
     * only the obvious is known; its size is 0 and it has expired.
     *
     * @throws X what the loader threw
     */
    <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> getOrComputeEntry(
            K key, CacheLoader<? super K, ? extends V, X> loader, PutOption... options) throws X;

    /**
     * The values of those keys that have one or get one from the loader, in the order of the keys; keys for which it has none are left out. The loader is
     * called once at most, with the keys that are missing, except for those that another caller is loading: they are waited for, and loaded alone if that one has
     * none. Otherwise as {@link #getOrCompute}: values that are due are loaded anew by one further call in the background, stale values stand in if there is one
     * for each key that cannot be loaded, and of several policies the shortest time limits count.
     *
     * @param keys equal keys count once
     * @param loader must not ask the cache for one of the keys
     * @throws X what the loader threw; nothing that it was asked for is stored
     */
    <V, K extends CacheKey<V>, X extends Exception> Map<K, V> getAllOrCompute(
            Collection<? extends K> keys, CacheBulkLoader<K, V, X> loader, PutOption... options) throws X;

    /**
     * Says that the value of a key is about to be loaded by the caller, for loads that no thread waits for. Unlike {@link #getOrCompute} it lets every caller
     * load. Never fails because of the store.
     *
     * @throws CacheSerializationException if the key cannot be turned into bytes
     */
    <V> StartedLoad<V> startLoad(CacheKey<V> key);

    /** Whether {@link #get} would look at a value. The value itself is not read, so its bytes may still turn out to be damaged. */
    boolean exists(CacheKey<?> key);

    /** What is known about the entry of a key, without reading its value; empty if there is none or if it expired. */
    Optional<EntryMetadata> metadata(CacheKey<?> key);

    /**
     * Starts the life of an entry anew: it expires a whole time to live from now, as if it had just been put.
     *
     * @param options {@link PutOption#ttl} or {@link PutOption#noExpiry()}; without either the default of the key's namespace
     * @return false if there is no such entry, or if it expired
     * @throws IllegalArgumentException for any other option
     */
    boolean touch(CacheKey<?> key, PutOption... options);

    /**
     * Changes attributes of an entry, atomically and also between processes. Value, times, tags and custom metadata stay as they are.
     *
     * @param changes new values by name, as in {@link PutOption#attribute}; null takes an attribute away; what is not named stays
     * @return false if there is no such entry, or if it expired
     * @throws IllegalArgumentException for a name or a value that no attribute can have
     * @throws CacheMetadataException if the index could not be written, or cannot do this
     */
    boolean updateMetadata(CacheKey<?> key, Map<String, ? extends @Nullable Object> changes);

    /**
     * Removes the entry of a key. A load of the key that is under way will not store its result.
     *
     * @return whether there was an entry
     */
    boolean invalidate(CacheKey<?> key);

    /**
     * Removes the entries of the keys.
     *
     * @return how many there were
     */
    int invalidateAll(Collection<? extends CacheKey<?>> keys);

    /**
     * Removes all entries of a namespace, see {@link CacheKey#keyNamespace()}. Loads under way will not store their results.
     *
     * @return how many there were
     */
    int invalidateNamespace(String namespace);

    /**
     * Removes all entries that answer the query; its page is not looked at. Loads under way will not store their results, whatever their key.
     *
     * @return how many there were; entries that had expired are not counted
     */
    int invalidateWhere(EntryQuery query);

    /** The entries that answer the query, without their values, newest first. */
    List<EntryMetadata> entries(EntryQuery query);

    /** How many entries answer the query; its page is not looked at. */
    long count(EntryQuery query);

    /**
     * Asks for entries by their custom metadata.
     *
     * @throws IllegalArgumentException if the record is no {@link CustomMetadata}, or its table belongs to another record
     */
    <R extends Record> CustomMetadataQuery<R> query(Class<R> record);

    /**
     * Asks for entries by custom metadata whose record need not be known here. Newest entry first.
     *
     * @param table the name of a {@link CustomMetadata}
     * @param equalTo the values that components must have, by name; null for those that must be null; empty for all entries
     * @return for each entry its {@code digest}, and all components by name: {@code String} (also for enums), {@code Long}, {@code Double},
     *     {@code Boolean}, {@code BigDecimal}, {@code UUID}, {@code LocalDate}, {@code Instant}, {@code LocalDateTime}, {@code Duration} or null
     * @throws IllegalArgumentException if there is no such table or component, naming those that are; or for a value of another type
     * @throws CacheMetadataException if the index could not be read, or keeps no custom metadata
     */
    List<Map<String, @Nullable Object>> query(String table, Map<String, ? extends @Nullable Object> equalTo);

    /** The state of the whole cache and what happened since it was opened by this process. */
    CacheStats stats();

    /** As {@link #stats()}, for one namespace; all zero for a namespace that is not known. */
    CacheStats stats(String namespace);

    /**
     * Removes expired entries now, instead of when the next sweep comes round.
     *
     * @return how many there were
     */
    int cleanUpExpired();

    /**
     * Removes all entries. Loads under way will not store their results.
     *
     * @return how many there were
     */
    int clear();

    /**
     * Reads all stored bytes, compares them with their checksums, and looks for blobs that no entry refers to. Changes nothing. Takes as long as reading
     * everything takes; meanwhile the cache can be used, and entries that come or go may be left out.
     *
     * @throws CacheMetadataException if the index does not answer
     * @throws CacheStorageException if the blobs cannot be listed
     */
    IntegrityReport verify();

    /**
     * As {@link #verify}, and removes entries whose values are gone or damaged, and blobs that no entry refers to. Entries that cannot be read now but may
     * be sound stay, and so do blobs that a living writer of any process has open. Does not count as an invalidation.
     *
     * @throws CacheMetadataException if the index does not answer; what was mended by then stays mended
     * @throws CacheStorageException if the blobs cannot be listed or deleted; what was mended by then stays mended
     */
    IntegrityReport repair();

    /**
     * Writes entries with their values and all that is known about them into one file, which replaces a former one when it is complete. It says of each entry and
     * of the whole what its bytes must be, so that an altered one is noticed; it is not encrypted, and values are not compressed in it. Entries may be
     * read and changed meanwhile.
     *
     * @param query which entries; offset and limit are not looked at
     * @return how many were written; entries that cannot be read are left out and named
     * @throws CacheStorageException if the file cannot be written; there is none then, or the former one
     */
    TransferReport exportTo(EntryQuery query, Path bundle);

    /**
     * Stores the entries of a file that {@link #exportTo} wrote, with their expiry and all that was known about them. Entries that are here already are
     * replaced only if they are older. The file is read twice: nothing is stored before all of it was found to be as it was written. That does not
     * tell who wrote it, so take files of trusted places only.
     *
     * @return what became of the entries
     * @throws CacheStorageException if there is no such file, if it is not a bundle, or if it was altered; nothing was stored then
     */
    TransferReport importFrom(Path bundle);

    /**
     * Gives back to the file system what the index has no more use for, as far as its backend can; writers wait meanwhile.
     *
     * @throws CacheMetadataException if that failed; the index is as it was
     */
    void compact();

    /**
     * Something that the cache is made of, for libraries that go beyond this interface: whatever the metadata backend gives, such as a
     * {@code javax.sql.DataSource} to read the tables of its index. It is of no use after {@link #close}.
     *
     * @return empty if there is nothing of that type
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    /** Writes what is still to be written and lets go of all resources; the entries stay. Closing twice is the same as once. */
    @Override
    void close();
}
