package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.LoadLeases;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.PutResult;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.spi.Totals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers from waiting for an index that does not answer. After one look-up that took long to fail, or some that failed in a row, every call fails
 * at once, but for one look-up now and then that finds out whether the index is back. Calls other than look-ups may take longer and say nothing about the
 * index by failing. Thread-safe.
 */
final class GuardedIndex implements MetadataBackend {

    private static final int FAILURES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Looked up to see whether the index answers. */
    private static final String NO_ENTRY = "0".repeat(32);

    private final MetadataBackend index;

    private final Breaker breaker;

    private final long slowNanos;

    GuardedIndex(MetadataBackend index, Duration readTimeout, InstantSource clock) {
        this.index = index;
        this.breaker = new Breaker(FAILURES, PAUSE, readTimeout, clock);
        this.slowNanos = readTimeout.dividedBy(4).toNanos();
    }

    private <T> T lookUp(Supplier<T> question) {
        if (!breaker.allows()) {
            throw new CacheMetadataException("The index did not answer; it is not asked again for up to "
                    + PAUSE.toMillis() + " ms since the last attempt");
        }
        long start = System.nanoTime();
        try {
            T answer = question.get();
            breaker.succeeded();
            return answer;
        } catch (CacheMetadataException ex) {
            failed(start);
            throw ex;
        }
    }

    private void failed(long start) {
        if (System.nanoTime() - start < slowNanos) {
            breaker.failed();
        } else {
            breaker.failedSlowly();
        }
    }

    private <T> T call(Supplier<T> action) {
        if (breaker.isOpen()) {
            lookUp(() -> index.find(NO_ENTRY));
        }
        return action.get();
    }

    private void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public String name() {
        return index.name();
    }

    @Override
    public Optional<StoredEntry> find(String digest) {
        return lookUp(() -> index.find(digest));
    }

    @Override
    public Optional<StoredEntry> findDescribed(String digest) {
        return lookUp(() -> index.findDescribed(digest));
    }

    @Override
    public Optional<StoredEntry> findLast(String digestPrefix) {
        return lookUp(() -> index.findLast(digestPrefix));
    }

    @Override
    public long invalidations(String digest) {
        return lookUp(() -> index.invalidations(digest));
    }

    /** An answer need not come from the index, and so says nothing about it; a failure does. */
    @Override
    public OptionalLong changesOfOthers() {
        return call(() -> {
            long start = System.nanoTime();
            try {
                return index.changesOfOthers();
            } catch (CacheMetadataException ex) {
                failed(start);
                throw ex;
            }
        });
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition) {
        return call(() -> index.put(entry, condition));
    }

    @Override
    public PutResult put(StoredEntry entry, PutCondition condition, List<CustomRow> rows) {
        return call(() -> index.put(entry, condition, rows));
    }

    @Override
    public boolean setExpiry(String digest, Instant now, @Nullable Instant expiresAt) {
        return call(() -> index.setExpiry(digest, now, expiresAt));
    }

    @Override
    public boolean updateAttributes(String digest, Instant now, Map<String, ? extends @Nullable Object> changes) {
        return call(() -> index.updateAttributes(digest, now, changes));
    }

    @Override
    public void recordAccesses(Collection<EntryAccess> accesses) {
        run(() -> index.recordAccesses(accesses));
    }

    @Override
    public void prepareCustomTable(CustomTable table) {
        run(() -> index.prepareCustomTable(table));
    }

    @Override
    public List<CustomTable> customTables() {
        return call(index::customTables);
    }

    @Override
    public List<CustomMatch> customMatches(CustomSelection selection) {
        return call(() -> index.customMatches(selection));
    }

    @Override
    public long countCustom(CustomSelection selection) {
        return call(() -> index.countCustom(selection));
    }

    @Override
    public List<EntryRef> invalidateCustom(CustomSelection selection, int limit) {
        return call(() -> index.invalidateCustom(selection, limit));
    }

    @Override
    public List<EntryRef> invalidate(Collection<String> digests) {
        return call(() -> index.invalidate(digests));
    }

    @Override
    public List<EntryRef> invalidateMatching(EntryFilter filter, int limit) {
        return call(() -> index.invalidateMatching(filter, limit));
    }

    @Override
    public List<EntryRef> remove(Collection<EntryRef> entries) {
        return call(() -> index.remove(entries));
    }

    @Override
    public List<EntryRef> removeExpired(Instant now, int limit) {
        return call(() -> index.removeExpired(now, limit));
    }

    @Override
    public List<EntryRef> removeExpired(String namespace, Instant now, int limit) {
        return call(() -> index.removeExpired(namespace, now, limit));
    }

    @Override
    public List<EntryRef> removeIdle(String namespace, Instant accessedAt, int limit) {
        return call(() -> index.removeIdle(namespace, accessedAt, limit));
    }

    @Override
    public boolean force() {
        return call(index::force);
    }

    @Override
    public List<EntryRef> leastRecentlyAccessed(int limit) {
        return call(() -> index.leastRecentlyAccessed(limit));
    }

    @Override
    public List<EntryRef> leastValuable(String namespace, Eviction eviction, Instant now, int limit) {
        return call(() -> index.leastValuable(namespace, eviction, now, limit));
    }

    @Override
    public Set<String> namespaces() {
        return call(index::namespaces);
    }

    @Override
    public List<EntryMetadata> list(EntryFilter filter, int offset, int limit) {
        return call(() -> index.list(filter, offset, limit));
    }

    @Override
    public long count(EntryFilter filter) {
        return call(() -> index.count(filter));
    }

    @Override
    public Totals totals() {
        return call(index::totals);
    }

    @Override
    public Totals totals(String namespace) {
        return call(() -> index.totals(namespace));
    }

    @Override
    public Set<String> referencedBlobs(Collection<String> blobIds) {
        return call(() -> index.referencedBlobs(blobIds));
    }

    @Override
    public void compact() {
        run(index::compact);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == LoadLeases.class) {
            return index.unwrap(LoadLeases.class).map(leases -> type.cast(new GuardedLeases(leases)));
        }
        return index.unwrap(type);
    }

    @Override
    public void close() {
        index.close();
    }

    private final class GuardedLeases implements LoadLeases {

        private final LoadLeases leases;

        GuardedLeases(LoadLeases leases) {
            this.leases = leases;
        }

        @Override
        public Optional<String> claim(String digest, Duration length) {
            return call(() -> leases.claim(digest, length));
        }

        @Override
        public boolean renew(String digest, String token, Duration length) {
            return call(() -> leases.renew(digest, token, length));
        }

        @Override
        public void release(String digest, String token) {
            run(() -> leases.release(digest, token));
        }

        @Override
        public boolean awaitFree(String digest, Duration maxWait) {
            return call(() -> leases.awaitFree(digest, maxWait));
        }
    }
}
