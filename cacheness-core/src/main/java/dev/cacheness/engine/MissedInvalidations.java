package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Invalidations that failed because the index did not answer. They are repeated before an entry that they concern is served again, and by the upkeep. Bounded:
 * beyond that everything is to be invalidated. Remembered by this process only, for as long as it lives. Thread-safe.
 */
final class MissedInvalidations {

    static final int REMEMBERED = 10_000;

    private static final int BATCH = 1_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String NO_ENTRY = "0".repeat(32);

    private final EntryStore store;

    private final Happenings happenings;

    private final FailureLog failures;

    private final Duration patience;

    /** Lets readers wait for a repetition only now and then if it does not succeed. */
    private final Breaker breaker;

    /** With numbers that tell one miss of a digest from a later one. */
    private final Map<String, Long> digests = new LinkedHashMap<>();

    private final Map<EntryFilter, Long> filters = new LinkedHashMap<>();

    private final Map<CustomSelection, Long> selections = new LinkedHashMap<>();

    private final ReentrantLock turn = new ReentrantLock();

    private long number;

    private volatile boolean any;

    /** @param patience how long a reader waits for a repetition */
    MissedInvalidations(
            EntryStore store, Happenings happenings, FailureLog failures, Duration patience, InstantSource clock) {
        this.store = store;
        this.happenings = happenings;
        this.failures = failures;
        this.patience = patience;
        this.breaker = new Breaker(1, PAUSE, patience, clock);
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
            selections.clear();
            filters.put(EntryFilter.ALL, number++);
        } else {
            filters.put(missed, number++);
        }
        any = true;
    }

    synchronized void add(CustomSelection missed) {
        if (selections.size() >= REMEMBERED) {
            add(EntryFilter.ALL);
        } else {
            selections.put(missed, number++);
        }
        any = true;
    }

    /** The entry was replaced, so there is nothing old to be removed. */
    void replaced(String digest) {
        if (any) {
            synchronized (this) {
                digests.remove(digest);
                any = areThereAny();
            }
        }
    }

    private boolean areThereAny() {
        return !digests.isEmpty() || !filters.isEmpty() || !selections.isEmpty();
    }

    /** Whether the entry may be served, after what is missed was repeated where that is possible. */
    boolean allow(String digest) {
        if (!any) {
            return true;
        }
        if (breaker.allows()) {
            repeatWithinPatience();
        }
        return !concern(digest);
    }

    /** What a filter or a selection concerns, only the index can tell. */
    private synchronized boolean concern(String digest) {
        return digests.containsKey(digest) || !filters.isEmpty() || !selections.isEmpty();
    }

    /** On a thread of its own, for changes of the index may take longer than a reader can wait. */
    private void repeatWithinPatience() {
        var done = new CountDownLatch(1);
        var repeating = new Thread(
                () -> {
                    try {
                        repeat();
                    } catch (RuntimeException ex) {
                        failures.warn("missed-invalidations", "Invalidations could not be repeated", ex);
                    } finally {
                        done.countDown();
                    }
                },
                "cacheness-missed");
        repeating.setDaemon(true);
        repeating.start();
        try {
            if (!done.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                breaker.failed();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries again. One thread at a time; others leave it to that one. */
    void repeat() {
        if (!any || !turn.tryLock()) {
            return;
        }
        try {
            repeatDigests();
            repeatFilters();
            repeatSelections();
            breaker.succeeded();
        } catch (CacheMetadataException ex) {
            breaker.failed();
            failures.warn("missed-invalidations", "Invalidations could not be repeated and will be tried again", ex);
        } finally {
            turn.unlock();
        }
    }

    private void repeatDigests() {
        Map<String, Long> snapshot = snapshotOf(digests);
        if (snapshot.isEmpty()) {
            return;
        }
        happenings.removed(store.invalidate(snapshot.keySet()), MissReason.INVALIDATED);
        snapshot.forEach((digest, miss) -> forget(digests, digest, miss));
    }

    private void repeatFilters() {
        snapshotOf(filters).forEach((filter, miss) -> {
            inBatches(() -> store.invalidateMatching(filter, BATCH));
            forget(filters, filter, miss);
        });
    }

    private void repeatSelections() {
        snapshotOf(selections).forEach((selection, miss) -> {
            if (isPrepared(selection)) {
                inBatches(() -> store.invalidateCustom(selection, BATCH));
            }
            forget(selections, selection, miss);
        });
    }

    /** False if the index answers, and has another table of that name or can have none: who wanted this was told, and it will never work. */
    private boolean isPrepared(CustomSelection selection) {
        try {
            store.index().prepareCustomTable(selection.table());
            return true;
        } catch (CacheMetadataException ex) {
            store.index().find(NO_ENTRY);
            failures.warn(
                    "missed-invalidations",
                    "An invalidation by the custom metadata '"
                            + selection.table().name() + "' is given up: " + ex.getMessage(),
                    ex);
            return false;
        }
    }

    private void inBatches(Supplier<List<EntryRef>> invalidation) {
        List<EntryRef> removed;
        do {
            removed = invalidation.get();
            happenings.removed(removed, MissReason.INVALIDATED);
        } while (removed.size() == BATCH);
    }

    private synchronized <K> Map<K, Long> snapshotOf(Map<K, Long> missed) {
        return new LinkedHashMap<>(missed);
    }

    private synchronized <K> void forget(Map<K, Long> missed, K what, @Nullable Long miss) {
        missed.remove(what, miss);
        any = areThereAny();
    }
}
