package dev.cacheness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The state of a cache, or of one namespace of it, and what happened since this process opened it. Immutable.
 *
 * <p>{@code hits} and {@code misses} move by one for every value that is asked for, {@code getOrCompute} included; {@code exists}, {@code metadata}
 * and {@code entries} move neither. A load that several callers wait for counts once, and as one miss for each of them.
 *
 * @param entries entries that are stored now, expired ones that are not yet swept included
 * @param sizeBytes their size as stored
 * @param hits values found
 * @param misses values not found, by reason; every reason has a count
 * @param puts values stored
 * @param loads loaders that returned a value
 * @param loadFailures loaders that threw
 * @param loadTime time spent in loaders, failed ones included
 * @param loadTimeSaved the time that the loads of the values found had taken: what the hits have saved
 * @param evictions entries removed to make room
 * @param expirations entries removed because their time was over
 * @param storeFailures values that were loaded but could not be stored
 * @param staleHits values handed out past their soft time to live, which are hits, or past their time to live, which are misses
 * @param oldest when the oldest entry was put, null if there is none
 * @param newest when the newest entry was put, null if there is none
 * @param metadataBackend the name of the metadata backend
 * @param blobBackend the name of the blob backend
 */
public record CacheStats(
        long entries,
        long sizeBytes,
        long hits,
        Map<MissReason, Long> misses,
        long puts,
        long loads,
        long loadFailures,
        Duration loadTime,
        Duration loadTimeSaved,
        long evictions,
        long expirations,
        long storeFailures,
        long staleHits,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        String metadataBackend,
        String blobBackend) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Misses of all reasons. */
    public long missCount() {
        return misses.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Hits out of all values asked for, 0.0 to 1.0; 0.0 if none was asked for. */
    public double hitRate() {
        long requests = hits + missCount();
        return requests == 0 ? 0.0 : (double) hits / requests;
    }

    /**
     * What a second that is saved costs in space: the bytes that are stored now, for each second of loading that the hits have saved. The smaller it is, the
     * better the cache uses its space; of use to compare caches of one process, because the seconds count from its start. Empty while nothing has been saved.
     */
    public OptionalDouble bytesPerSecondSaved() {
        return loadTimeSaved.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sizeBytes / (loadTimeSaved.toNanos() / NANOS_PER_SECOND));
    }

    /** The average size of an entry as stored, 0.0 if there is none. */
    public double averageEntrySizeBytes() {
        return entries == 0 ? 0.0 : (double) sizeBytes / entries;
    }
}
