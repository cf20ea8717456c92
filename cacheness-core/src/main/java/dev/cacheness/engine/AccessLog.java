package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.MetadataBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers reads, so that a read need not write. They are written down in batches: every few seconds, before an eviction, and at close. Thread-safe.
 *
 * <p>Between two times of writing down, only so many entries are remembered. Reads of others go unrecorded then, so that a flood of reads does not become a
 * flood of writes; what was read most often is the most likely to be among the remembered.
 */
final class AccessLog {

    static final int MAX_PENDING = 8_192;

    /** Few enough for a put that has to wait for one transaction of them. */
    private static final int BATCH = 256;

    private final MetadataBackend index;

    private final FailureLog failures;

    private final Map<String, EntryAccess> pending = new ConcurrentHashMap<>();

    AccessLog(MetadataBackend index, FailureLog failures) {
        this.index = index;
        this.failures = failures;
    }

    void record(String digest, Instant now) {
        if (pending.size() < MAX_PENDING || pending.containsKey(digest)) {
            pending.merge(digest, new EntryAccess(digest, 1, now), AccessLog::add);
        }
    }

    /** Writes down what is remembered. Reads that cannot be written down are forgotten: they only make eviction less exact. */
    void flush() {
        List<EntryAccess> batch = new ArrayList<>(BATCH);
        for (String digest : pending.keySet()) {
            EntryAccess access = pending.remove(digest);
            if (access != null) {
                batch.add(access);
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

    private static EntryAccess add(EntryAccess earlier, EntryAccess later) {
        Instant last = earlier.lastAccess().isAfter(later.lastAccess()) ? earlier.lastAccess() : later.lastAccess();
        return new EntryAccess(earlier.digest(), earlier.hits() + later.hits(), last);
    }
}
