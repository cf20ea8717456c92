package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.MissReason;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import java.util.List;

/** The one place that is told what happens to entries, and tells all who count or remember it. Thread-safe. */
final class Happenings {

    private final StatsRecorder stats;

    private final RecentRemovals removals;

    Happenings(StatsRecorder stats, RecentRemovals removals) {
        this.stats = stats;
        this.removals = removals;
    }

    void hit(DigestedKey key, EntryMetadata metadata) {
        stats.hit(key.namespace(), metadata.loadTime());
    }

    void miss(DigestedKey key, MissReason reason) {
        stats.miss(key.namespace(), reason);
    }

    void put(StoredEntry entry) {
        removals.forget(entry.digest());
        stats.put(entry.metadata().namespace());
    }

    void load(DigestedKey key, long nanos) {
        stats.load(key.namespace(), nanos);
    }

    void loadFailure(DigestedKey key, long nanos) {
        stats.loadFailure(key.namespace(), nanos);
    }

    /** A value was loaded, but could not be stored. */
    void storeFailure(DigestedKey key) {
        stats.storeFailure(key.namespace());
    }

    /** @param reason what a miss of these entries says from now on */
    void removed(List<EntryRef> entries, MissReason reason) {
        removals.record(entries, reason);
        if (reason == MissReason.EVICTED) {
            stats.evicted(entries);
        } else if (reason == MissReason.EXPIRED) {
            stats.expired(entries);
        }
    }
}
