package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the sum of stored sizes within a bound by removing the entries that were not accessed for the longest time. Thread-safe; one thread evicts at a
 * time, the others leave it to that one.
 */
final class Evictor {

    private static final int BATCH = 64;

    private final EntryStore store;

    private final AccessLog accessLog;

    private final Happenings happenings;

    private final FailureLog failures;

    private final long maxSizeBytes;

    /** The size when it was last asked for, plus all that was put since: never less than what this process caused. */
    private final AtomicLong estimate = new AtomicLong();

    private final AtomicInteger requests = new AtomicInteger();

    Evictor(EntryStore store, AccessLog accessLog, Happenings happenings, FailureLog failures, long maxSizeBytes) {
        this.store = store;
        this.accessLog = accessLog;
        this.happenings = happenings;
        this.failures = failures;
        this.maxSizeBytes = maxSizeBytes;
    }

    /** To be called after every put. */
    void afterPut(long sizeBytes) {
        if (estimate.addAndGet(sizeBytes) > maxSizeBytes) {
            enforce();
        }
    }

    /** Asks for the exact size, which other processes may have changed, and evicts what is too much. */
    void enforce() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = requests.get();
            try {
                evictExcess();
            } catch (CacheMetadataException ex) {
                failures.warn("eviction", "Entries could not be evicted", ex);
            }
        } while (!requests.compareAndSet(seen, 0));
    }

    private void evictExcess() {
        long excess = excess();
        if (excess > 0) {
            accessLog.flush();
        }
        while (excess > 0) {
            List<EntryRef> victims = new ArrayList<>();
            long size = 0;
            for (EntryRef candidate : store.index().leastRecentlyAccessed(BATCH)) {
                if (size >= excess) {
                    break;
                }
                victims.add(candidate);
                size += candidate.sizeBytes();
            }
            if (victims.isEmpty()) {
                return;
            }
            List<EntryRef> removed = store.remove(victims);
            happenings.removed(removed, MissReason.EVICTED);
            excess = excess();
        }
    }

    private long excess() {
        Totals totals = store.index().totals();
        estimate.set(totals.sizeBytes());
        return totals.sizeBytes() - maxSizeBytes;
    }
}
