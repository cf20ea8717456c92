package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.MetadataBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers reads, so that a read need not write. They are written down every few seconds, before an eviction, and at close, and never more often: a
 * commit makes the connections that read forget the pages they know. Thread-safe.
 */
final class AccessLog {

    /** So many are written down in one transaction, so that a put need not wait for long. */
    private static final int BATCH = 256;

    /** Beyond this, further entries are not remembered until the next time, which makes eviction less exact. About 2 MB. */
    static final int MAX_PENDING = 8 * 1024;

    private final MetadataBackend index;

    private final FailureLog failures;

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** About the size of the map, which counts itself slowly. */
    private final AtomicInteger size = new AtomicInteger();

    AccessLog(MetadataBackend index, FailureLog failures) {
        this.index = index;
        this.failures = failures;
    }

    void record(String digest, long nowMillis) {
        while (true) {
            Pending access = pending.get(digest);
            if (access == null) {
                if (size.get() >= MAX_PENDING) {
                    return;
                }
                Pending first = new Pending(nowMillis);
                access = pending.putIfAbsent(digest, first);
                if (access == null) {
                    size.incrementAndGet();
                    return;
                }
            }
            if (access.add(nowMillis)) {
                return;
            }
        }
    }

    /** When an entry was last read, as far as that is not written down yet; null if there is no such read. */
    @Nullable
    Instant lastRead(String digest) {
        Pending access = pending.get(digest);
        return access == null ? null : access.lastRead();
    }

    /** Writes down what is remembered. Reads that cannot be written down are forgotten: they only make eviction less exact. */
    void flush() {
        List<EntryAccess> batch = new ArrayList<>(BATCH);
        for (String digest : pending.keySet()) {
            Pending access = pending.remove(digest);
            if (access != null) {
                size.decrementAndGet();
                batch.add(access.take(digest));
            }
            if (batch.size() == BATCH) {
                write(batch);
            }
        }
        write(batch);
    }

    private void write(List<EntryAccess> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            index.recordAccesses(batch);
        } catch (CacheMetadataException ex) {
            failures.warn("access-times", "The access times of " + batch.size() + " entries could not be stored", ex);
        }
        batch.clear();
    }

    /** Reads of one entry. */
    private static final class Pending {

        private long hits = 1;

        private long lastMillis;

        /** Its reads are being written down, and a further one needs a new one. */
        private boolean taken;

        Pending(long nowMillis) {
            this.lastMillis = nowMillis;
        }

        synchronized boolean add(long nowMillis) {
            if (taken) {
                return false;
            }
            hits++;
            lastMillis = Math.max(lastMillis, nowMillis);
            return true;
        }

        synchronized EntryAccess take(String digest) {
            taken = true;
            return new EntryAccess(digest, hits, Instant.ofEpochMilli(lastMillis));
        }

        synchronized Instant lastRead() {
            return Instant.ofEpochMilli(lastMillis);
        }
    }
}
