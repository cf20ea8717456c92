package dev.cacheness.engine;

import dev.cacheness.CacheEvent;
import dev.cacheness.EntryMetadata;
import dev.cacheness.MissReason;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The one place that is told what happens to entries, and tells all who count, remember or listen. Thread-safe. */
final class Happenings {

    private final StatsRecorder stats;

    private final RecentRemovals removals;

    private final EventQueue events;

    private final InstantSource clock;

    Happenings(StatsRecorder stats, RecentRemovals removals, EventQueue events, InstantSource clock) {
        this.stats = stats;
        this.removals = removals;
        this.events = events;
        this.clock = clock;
    }

    void hit(DigestedKey key, EntryMetadata metadata) {
        stats.hit(key.namespace(), metadata.loadTime());
        if (events.hasListeners()) {
            events.offer(() -> new CacheEvent.Hit(key.namespace(), key.digest(), clock.instant()));
        }
    }

    /** A value was handed out although its time was over, or its soft time to live was. */
    void stale(DigestedKey key) {
        stats.stale(key.namespace());
    }

    void miss(DigestedKey key, MissReason reason) {
        stats.miss(key.namespace(), reason);
        events.offer(() -> new CacheEvent.Miss(key.namespace(), key.digest(), clock.instant(), reason));
    }

    void put(StoredEntry entry) {
        EntryMetadata metadata = entry.metadata();
        removals.forget(entry.digest());
        stats.put(metadata.namespace());
        events.offer(() ->
                new CacheEvent.Put(metadata.namespace(), entry.digest(), metadata.createdAt(), metadata.sizeBytes()));
    }

    void load(DigestedKey key, long nanos) {
        stats.load(key.namespace(), nanos);
        events.offer(
                () -> new CacheEvent.Loaded(key.namespace(), key.digest(), clock.instant(), Duration.ofNanos(nanos)));
    }

    void loadFailure(DigestedKey key, long nanos, Throwable failure) {
        stats.loadFailure(key.namespace(), nanos);
        events.offer(() -> new CacheEvent.LoadFailed(
                key.namespace(), key.digest(), clock.instant(), Duration.ofNanos(nanos), failure));
    }

    /** A value was loaded, but could not be stored. */
    void storeFailure(DigestedKey key) {
        stats.storeFailure(key.namespace());
    }

    /** @param reason what a miss of these entries says from now on */
    void removed(List<EntryRef> entries, MissReason reason) {
        removals.record(entries, reason);
        switch (reason) {
            case EVICTED -> stats.evicted(entries);
            case EXPIRED -> stats.expired(entries);
            default -> {}
        }
        if (events.hasListeners()) {
            entries.forEach(entry -> tellRemoval(entry, reason));
        }
    }

    private void tellRemoval(EntryRef entry, MissReason reason) {
        Instant now = clock.instant();
        switch (reason) {
            case EVICTED -> events.offer(() -> new CacheEvent.Evicted(entry.namespace(), entry.digest(), now));
            case EXPIRED -> events.offer(() -> new CacheEvent.Expired(entry.namespace(), entry.digest(), now));
            case INVALIDATED -> events.offer(() -> new CacheEvent.Invalidated(entry.namespace(), entry.digest(), now));
            default -> {}
        }
    }
}
