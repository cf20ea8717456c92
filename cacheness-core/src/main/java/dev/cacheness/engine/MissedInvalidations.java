package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Invalidations that failed because the index did not answer. They are repeated before an entry that they concern is served again, and by the upkeep. Bounded:
 * beyond that everything is to be invalidated. Remembered by this process only, for as long as it lives. Thread-safe.
 */
final class MissedInvalidations {

    static final int REMEMBERED = 10_000;

    private static final int BATCH = 1_000;

    private final EntryStore store;

    private final Happenings happenings;

    private final FailureLog failures;

    /** With numbers that tell one miss of a digest from a later one. */
    private final Map<String, Long> digests = new LinkedHashMap<>();

    private final Map<EntryFilter, Long> filters = new LinkedHashMap<>();

    private final ReentrantLock turn = new ReentrantLock();

    private long number;

    private volatile boolean any;

    MissedInvalidations(EntryStore store, Happenings happenings, FailureLog failures) {
        this.store = store;
        this.happenings = happenings;
        this.failures = failures;
    }

    synchronized void add(Collection<String> missed) {
        missed.forEach(digest -> digests.put(digest, number++));
        if (digests.size() > REMEMBERED) {
            add(EntryFilter.ALL);
        }
        any = true;
    }

    synchronized void add(EntryFilter missed) {
        if (missed.equals(EntryFilter.ALL) || filters.size() >= REMEMBERED) {
            digests.clear();
            filters.clear();
            filters.put(EntryFilter.ALL, number++);
        } else {
            filters.put(missed, number++);
        }
        any = true;
    }

    /** The entry was replaced, so there is nothing old to be removed. */
    void replaced(String digest) {
        if (any) {
            synchronized (this) {
                digests.remove(digest);
                any = !digests.isEmpty() || !filters.isEmpty();
            }
        }
    }

    /** Whether the entry may be served, after what is missed was repeated where that is possible. */
    boolean allow(String digest) {
        if (!any) {
            return true;
        }
        repeat();
        return !concern(digest);
    }

    private synchronized boolean concern(String digest) {
        return digests.containsKey(digest) || !filters.isEmpty();
    }

    /** Tries again. One thread at a time; others leave it to that one. */
    void repeat() {
        if (!any || !turn.tryLock()) {
            return;
        }
        try {
            repeatDigests();
            repeatFilters();
        } catch (CacheMetadataException ex) {
            failures.warn("missed-invalidations", "Invalidations could not be repeated and will be tried again", ex);
        } finally {
            turn.unlock();
        }
    }

    private void repeatDigests() {
        Map<String, Long> snapshot = snapshotOfDigests();
        if (snapshot.isEmpty()) {
            return;
        }
        happenings.removed(store.invalidate(snapshot.keySet()), MissReason.INVALIDATED);
        synchronized (this) {
            snapshot.forEach(digests::remove);
            any = !digests.isEmpty() || !filters.isEmpty();
        }
    }

    private synchronized Map<String, Long> snapshotOfDigests() {
        return new LinkedHashMap<>(digests);
    }

    private void repeatFilters() {
        for (Map.Entry<EntryFilter, Long> missed : snapshotOfFilters().entrySet()) {
            List<EntryRef> removed;
            do {
                removed = store.invalidateMatching(missed.getKey(), BATCH);
                happenings.removed(removed, MissReason.INVALIDATED);
            } while (removed.size() == BATCH);
            synchronized (this) {
                filters.remove(missed.getKey(), missed.getValue());
                any = !digests.isEmpty() || !filters.isEmpty();
            }
        }
    }

    private synchronized Map<EntryFilter, Long> snapshotOfFilters() {
        return new LinkedHashMap<>(filters);
    }
}
