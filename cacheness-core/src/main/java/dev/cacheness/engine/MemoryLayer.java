package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.spi.ChangeFeed;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that are read often on the heap, in front of any index. Only rows that hold their value: a row that names a blob may be of no use by the
 * time it is read, because who replaces an entry deletes its blob.
 *
 * <p>What this process replaced or removed is never served. What another process replaced or removed is not served for longer than the time to live;
 * where the index can tell that others changed it, not for longer than {@link #CHECK_INTERVAL_MILLIS}; and where it tells what they changed, not for
 * longer than the news take.
 *
 * <p>Every row carries the version that its digest had before it was read, and is good only while that is still the version. Whoever changes the
 * index raises the version afterwards, so it does not matter how reading and changing overlap.
 */
final class MemoryLayer implements MetadataBackend, ChangeFeed.Listener {

    /** Asking takes some microseconds, so it is not done for every read. */
    static final long CHECK_INTERVAL_MILLIS = 10;

    private final MetadataBackend index;

    private final RowCache rows;

    private final RowVersions versions = new RowVersions();

    private final InstantSource clock;

    private final Predicate<String> wanted;

    private final long ttlMillis;

    private final boolean counting;

    private final LongAdder hits = new LongAdder();

    private final LongAdder misses = new LongAdder();

    private final AtomicLong checkedAtMillis = new AtomicLong(Long.MIN_VALUE);

    private volatile long seenChanges;

    MemoryLayer(MetadataBackend index, MemoryLayerSettings settings, InstantSource clock) {
        this(index, settings, clock, namespace -> true);
    }

    /** @param wanted the namespaces of which rows are kept */
    MemoryLayer(MetadataBackend index, MemoryLayerSettings settings, InstantSource clock, Predicate<String> wanted) {
        this.index = index;
        this.rows = RowCache.of(settings);
        this.clock = clock;
        this.wanted = wanted;
        this.ttlMillis = settings.ttl().toMillis();
        this.counting = settings.stats();
        index.unwrap(ChangeFeed.class).ifPresent(feed -> feed.subscribe(this));
    }

    @Override
    public void changed(Collection<String> digests) {
        digests.forEach(this::forget);
    }

    @Override
    public void anythingChanged() {
        forgetAll();
    }

    @Override
    public String name() {
        return index.name();
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        long now = clock.millis();
        checkForChangesOfOthers(now);
        StoredEntry kept = kept(digest, now);
        if (kept != null) {
            count(hits);
            return Optional.of(kept);
        }
        count(misses);
        long version = versions.of(digest);
        Optional<StoredEntry> found = index.find(digest);
        if (found.isPresent()
                && found.get().content().inline() != null
                && wanted.test(found.get().metadata().namespace())) {
            rows.put(digest, new RowCache.Slot(found.get(), version, now));
        }
        return found;
    }

    /** Where the row is kept, null if it is no more, or another one is. */
    RowCache.@Nullable Slot slotOf(StoredEntry row) {
        RowCache.Slot slot = rows.peek(row.digest());
        return slot != null && slot.row == row ? slot : null;
    }

    private @Nullable StoredEntry kept(String digest, long now) {
        RowCache.Slot slot = rows.get(digest);
        if (slot == null) {
            return null;
        }
        long age = now - slot.loadedAtMillis;
        if (slot.version == versions.of(digest) && age >= 0 && age < ttlMillis) {
            return slot.row;
        }
        rows.remove(digest);
        return null;
    }

    private void checkForChangesOfOthers(long now) {
        long checked = checkedAtMillis.get();
        boolean due = checked == Long.MIN_VALUE || now - checked >= CHECK_INTERVAL_MILLIS || now < checked;
        if (!due || !checkedAtMillis.compareAndSet(checked, now)) {
            return;
        }
        OptionalLong changes = index.changesOfOthers();
        if (changes.isPresent() && changes.getAsLong() != seenChanges) {
            seenChanges = changes.getAsLong();
            forgetAll();
        }
    }

    private void count(LongAdder counter) {
        if (counting) {
            counter.increment();
        }
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        return index.findLast(digestPrefix);
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return index.findDescribed(digest);
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return changing(entry.digest(), () -> index.put(entry, condition));
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> rows) {
        return changing(entry.digest(), () -> index.put(entry, condition, rows));
    }

    @Override
    public boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        return changing(digest, () -> index.updateAttributes(digest, now, changes));
    }

    @Override
    public void prepareCustomTable(CustomTable table) {
        index.prepareCustomTable(table);
    }

    @Override
    public List<CustomTable> customTables() {
        return index.customTables();
    }

    @Override
    public List<CustomMatch> customMatches(CustomSelection selection) {
        return index.customMatches(selection);
    }

    @Override
    public long countCustom(CustomSelection selection) {
        return index.countCustom(selection);
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        return removing(() -> index.invalidateCustom(selection, limit));
    }

    @Override
    public long invalidations(String digest) {
        return index.invalidations(digest);
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        return changing(digest, () -> index.setExpiry(digest, now, expiresAt));
    }

    /** Rows on the heap do not show when they were last read, and nobody looks for it there. */
    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        index.recordAccesses(accesses);
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        return removing(() -> index.remove(entries));
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return removing(() -> index.removeExpired(now, limit));
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return removing(() -> index.removeExpired(namespace, now, limit));
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return removing(() -> index.removeIdle(namespace, accessedAt, limit));
    }

    @Override
    public Set<String> namespaces() {
        return index.namespaces();
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return removing(() -> index.invalidate(digests));
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return removing(() -> index.invalidateMatching(filter, limit));
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return index.leastRecentlyAccessed(limit);
    }

    @Override
    public List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        return index.leastValuable(namespace, eviction, now, limit);
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        return index.list(filter, offset, limit);
    }

    @Override
    public long count(EntryFilter filter) {
        return index.count(filter);
    }

    @Override
    public Totals totals() {
        return index.totals();
    }

    @Override
    public Totals totals(String namespace) {
        return index.totals(namespace);
    }

    @Override
    public Set<String> referencedBlobs(Collection<String> blobIds) {
        return index.referencedBlobs(blobIds);
    }

    @Override
    public OptionalLong changesOfOthers() {
        return index.changesOfOthers();
    }

    @Override
    public boolean force() {
        return index.force();
    }

    @Override
    public void compact() {
        index.compact();
    }

    /** Also the figures of this layer, if it counts. */
    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == MemoryLayerStats.class) {
            return counting
                    ? Optional.of(type.cast(new MemoryLayerStats(rows.size(), hits.sum(), misses.sum())))
                    : Optional.empty();
        }
        return type == MemoryLayer.class ? Optional.of(type.cast(this)) : index.unwrap(type);
    }

    @Override
    public void close() {
        rows.clear();
        index.close();
    }

    /** Also if it fails, for the index may have changed all the same. */
    private <T> T changing(String digest, Supplier<T> change) {
        try {
            return change.get();
        } finally {
            forget(digest);
        }
    }

    private List<EntryRef> removing(Supplier<List<EntryRef>> removal) {
        boolean done = false;
        try {
            List<EntryRef> removed = removal.get();
            removed.forEach(entry -> forget(entry.digest()));
            done = true;
            return removed;
        } finally {
            if (!done) {
                forgetAll();
            }
        }
    }

    private void forget(String digest) {
        versions.raise(digest);
        rows.remove(digest);
    }

    private void forgetAll() {
        versions.raiseAll();
        rows.clear();
    }
}
