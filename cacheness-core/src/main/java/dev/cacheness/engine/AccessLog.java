package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.MetadataBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers reads, so that a read need not write. They are written down in batches: every few seconds, when {@value #BATCH} entries were read, before an
 * eviction, and at close. Thread-safe.
 */
final class AccessLog {

    static final int BATCH = 256;

    /** Beyond this, writing down cannot keep up, and further entries are not remembered. */
    private static final int MAX_PENDING = 16 * BATCH;

    private final MetadataBackend index;

    private final Executor executor;

    private final FailureLog failures;

    private final Map<String, EntryAccess> pending = new ConcurrentHashMap<>();

    private final AtomicBoolean flushRequested = new AtomicBoolean();

    AccessLog(MetadataBackend index, Executor executor, FailureLog failures) {
        this.index = index;
        this.executor = executor;
        this.failures = failures;
    }

    void record(String digest, Instant now) {
        int size = pending.size();
        if (size >= MAX_PENDING && !pending.containsKey(digest)) {
            return;
        }
        pending.merge(digest, new EntryAccess(digest, 1, now), AccessLog::add);
        if (size >= BATCH && flushRequested.compareAndSet(false, true)) {
            executor.execute(this::flush);
        }
    }

    /** Writes down what is remembered. Reads that cannot be written down are forgotten: they only make eviction less exact. */
    void flush() {
        flushRequested.set(false);
        List<EntryAccess> batch = new ArrayList<>();
        for (String digest : pending.keySet()) {
            EntryAccess access = pending.remove(digest);
            if (access != null) {
                batch.add(access);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            index.recordAccesses(batch);
        } catch (CacheMetadataException ex) {
            failures.warn("access-times", "The access times of " + batch.size() + " entries could not be stored", ex);
        }
    }

    private static EntryAccess add(EntryAccess earlier, EntryAccess later) {
        Instant last = earlier.lastAccess().isAfter(later.lastAccess()) ? earlier.lastAccess() : later.lastAccess();
        return new EntryAccess(earlier.digest(), earlier.hits() + later.hits(), last);
    }
}
