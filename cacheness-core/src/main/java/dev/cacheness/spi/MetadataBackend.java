package dev.cacheness.spi;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The index: one row for every entry. It knows nothing of values and blobs beyond their names. Each method is atomic and, once it returned, seen by all
 * later calls, also in other processes that may share the index. Thread-safe.
 *
 * <p>Every method throws {@link dev.cacheness.CacheMetadataException} if the index cannot be reached; nothing has changed then.
 */
public interface MetadataBackend extends AutoCloseable {

    /** So many rows are read at once where a backend does not know better. */
    int PAGE = 1_000;

    /** The name of its provider. */
    String name();

    /**
     * The row of a digest, expired or not. What only describes the entry (its accesses, key parameters, description, attributes, tags) may be left
     * empty, for this is the hot path.
     */
    Optional<StoredEntry> find(String digest);

    /** The whole row of a digest, expired or not. */
    Optional<StoredEntry> findDescribed(String digest);

    /** The whole row whose digest comes last among those that begin with the prefix, expired or not. */
    default Optional<StoredEntry> findLast(String digestPrefix) {
        var filter = new EntryFilter(null, digestPrefix, List.of(), Set.of(), null);
        while (true) {
            Optional<String> last = list(filter, 0, Integer.MAX_VALUE).stream()
                    .map(EntryMetadata::digest)
                    .max(Comparator.naturalOrder());
            Optional<StoredEntry> row = last.flatMap(this::findDescribed);
            // A row that was removed in between says nothing of those before it.
            if (row.isPresent() || last.isEmpty()) {
                return row;
            }
        }
    }

    /**
     * Stores a row if the condition holds, in place of the one that the digest had.
     *
     * @return whether it was stored, and what it replaced
     */
    PutResult put(StoredEntry entry, PutCondition condition);

    /**
     * As {@link #put(StoredEntry, PutCondition)}, with rows of custom metadata, each of another table that {@link #prepareCustomTable} has made. A row
     * comes and goes with its entry: every put replaces all rows that the entry had, in whatever table. An expired entry keeps no unique value from
     * others.
     *
     * @throws CacheMetadataException also if a value that is to be unique belongs to another entry; the message names column and entry, and nothing
     *     has changed
     */
    default PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> rows) {
        if (rows.isEmpty()) {
            return put(entry, condition);
        }
        throw withoutCustomMetadata();
    }

    /**
     * Makes a table of custom metadata, or adds the columns and indexes that it lacks. Columns that are no longer wanted stay. Does nothing if all is
     * there.
     *
     * @throws CacheMetadataException also if a column has another kind; the message names the column and both kinds
     */
    default void prepareCustomTable(CustomTable table) {
        throw withoutCustomMetadata();
    }

    /** All tables of custom metadata by name, with all columns; which of them have an index need not be told. */
    default List<CustomTable> customTables() {
        throw withoutCustomMetadata();
    }

    /** The entries that the selection finds. */
    default List<CustomMatch> customMatches(CustomSelection selection) {
        throw withoutCustomMetadata();
    }

    /** How many entries match; orders, offset and limit of the selection are not looked at. */
    default long countCustom(CustomSelection selection) {
        throw withoutCustomMetadata();
    }

    /** As {@link #invalidateMatching}, for entries that match; orders, offset and limit of the selection are not looked at. */
    default List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        throw withoutCustomMetadata();
    }

    private CacheMetadataException withoutCustomMetadata() {
        return new CacheMetadataException("The metadata backend '" + name()
                + "' keeps no custom metadata. Use attributes, or another cacheness.metadata.backend.");
    }

    /**
     * How often entries like that of the digest were invalidated. Any two answers that are equal mean that the digest was not invalidated in between;
     * the opposite need not hold.
     *
     * @see PutCondition.IfNotInvalidated
     */
    long invalidations(String digest);

    /**
     * Gives an entry another expiry.
     *
     * @param now the present; an entry that has expired by then counts as not there
     * @param expiresAt null for none
     * @return false if there is no such entry
     */
    boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt);

    /**
     * Changes attributes of an entry and nothing else of it.
     *
     * @param now the present; an entry that has expired by then counts as not there
     * @param changes new values by name, in the types of {@link EntryMetadata#attributes()}; null takes an attribute away
     * @return false if there is no such entry
     */
    default boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        throw new CacheMetadataException("The metadata backend '" + name() + "' cannot change attributes of an entry");
    }

    /** Adds to the hits of entries and moves their access times forward, never back. Digests without an entry are passed over. */
    void recordAccesses(Collection<EntryAccess> accesses);

    /** Removes those of the rows that are still of the same generation, and returns them. Not an invalidation. */
    List<EntryRef> remove(Collection<EntryRef> entries);

    /** Removes up to {@code limit} rows that have expired, and returns them. Not an invalidation. */
    List<EntryRef> removeExpired(Instant now, int limit);

    /** As {@link #removeExpired(Instant, int)}, for the rows of one namespace. */
    default List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return removeWhere(namespace, entry -> entry.isExpired(now), limit);
    }

    /** Removes up to {@code limit} rows of a namespace that were last accessed at that time or before, and returns them. Not an invalidation. */
    default List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return removeWhere(namespace, entry -> !entry.accessedAt().isAfter(accessedAt), limit);
    }

    private List<EntryRef> removeWhere(String namespace, Predicate<EntryMetadata> condition, int limit) {
        var all = EntryFilter.ofNamespace(namespace);
        var removable = new ArrayList<EntryRef>();
        List<EntryMetadata> page;
        int offset = 0;
        do {
            page = list(all, offset, PAGE);
            for (EntryMetadata entry : page) {
                if (condition.test(entry) && removable.size() < limit) {
                    find(entry.digest()).map(StoredEntry::ref).ifPresent(removable::add);
                }
            }
            offset += PAGE;
        } while (page.size() == PAGE && removable.size() < limit);
        return removable.isEmpty() ? List.of() : remove(removable);
    }

    /** The namespaces that have rows, expired or not. */
    default Set<String> namespaces() {
        var namespaces = new TreeSet<String>();
        List<EntryMetadata> page;
        int offset = 0;
        do {
            page = list(EntryFilter.ALL, offset, PAGE);
            page.forEach(entry -> namespaces.add(entry.namespace()));
            offset += PAGE;
        } while (page.size() == PAGE);
        return namespaces;
    }

    /** Removes the rows of the digests and returns them. Counts as an invalidation of each digest, also where there is no row. */
    List<EntryRef> invalidate(Collection<String> digests);

    /**
     * Removes up to {@code limit} rows that the filter selects, and returns them. Counts as an invalidation of every digest.
     *
     * @return fewer than {@code limit} rows only if no more are left
     */
    List<EntryRef> invalidateMatching(EntryFilter filter, int limit);

    /** Up to {@code limit} rows, the least recently accessed first. */
    List<EntryRef> leastRecentlyAccessed(int limit);

    /** Up to {@code limit} rows of a namespace, those first that are to make room first. */
    default List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        var entries = new ArrayList<EntryMetadata>();
        List<EntryMetadata> page;
        do {
            page = list(EntryFilter.ofNamespace(namespace), entries.size(), PAGE);
            entries.addAll(page);
        } while (page.size() == PAGE);
        return entries.stream()
                .sorted(eviction.order(now))
                .limit(limit)
                .flatMap(entry -> find(entry.digest()).stream())
                .map(StoredEntry::ref)
                .toList();
    }

    /** The rows that the filter selects, whole, newest first (by creation, then by digest). */
    List<EntryMetadata> list(EntryFilter filter, int offset, int limit);

    /** How many rows the filter selects. */
    long count(EntryFilter filter);

    /** Totals over all rows, exact. */
    Totals totals();

    /** Totals over the rows of one namespace, exact. */
    Totals totals(String namespace);

    /** Those of the blobs that a row refers to. */
    Set<String> referencedBlobs(Collection<String> blobIds);

    /**
     * Makes all changes that this process has made so far survive a loss of power. For caches that want more than the {@link BackendSettings#durability()} that
     * the index was opened with.
     *
     * @return false if this kind of backend cannot; caches of their own durability are then refused at the start
     */
    default boolean force() {
        return false;
    }

    /** Gives back space that no row needs any more, if this kind of backend does not do so by itself; others that write wait meanwhile. */
    default void compact() {}

    /**
     * A number that becomes another one when anyone else than this backend has changed the index, in this process or another; it may also do so without
     * need. Some microseconds at most, for it is asked up to a hundred times a second.
     *
     * @return empty if this kind of backend cannot tell
     */
    default OptionalLong changesOfOthers() {
        return OptionalLong.empty();
    }

    /**
     * Something of this kind of backend's own, for libraries that know it. A backend whose rows are in the tables of a database gives a
     * {@code javax.sql.DataSource} to read them; whoever opens a connection closes it, before the backend is closed.
     *
     * @return empty if there is nothing of that type
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    /** Lets go of all resources. The rows stay. */
    @Override
    void close();
}
