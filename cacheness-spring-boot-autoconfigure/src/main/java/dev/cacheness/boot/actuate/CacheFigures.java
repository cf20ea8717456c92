package dev.cacheness.boot.actuate;

import dev.cacheness.CacheStats;
import dev.cacheness.MemoryLayerStats;
import dev.cacheness.MissReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The state of a cache as the endpoint shows it.
 *
 * @param entries entries that are stored
 * @param sizeBytes their size as stored
 * @param averageEntrySizeBytes their average size
 * @param hits values found
 * @param misses values not found
 * @param hitRate hits out of all values asked for, 0.0 to 1.0
 * @param missesByReason values not found, by reason
 * @param puts values stored
 * @param loads loaders that returned a value
 * @param loadFailures loaders that threw
 * @param loadTime time spent in loaders
 * @param loadTimeSaved time that the loads of the values found had taken
 * @param bytesPerSecondSaved bytes that are stored for each second of them; null while nothing has been saved
 * @param evictions entries removed to make room
 * @param expirations entries removed because their time was over
 * @param storeFailures values that were loaded but not stored
 * @param staleHits values handed out although they were stale
 * @param oldest when the oldest entry was put
 * @param newest when the newest entry was put
 * @param metadataBackend name of the metadata backend
 * @param blobBackend name of the blob backend
 * @param memoryLayer figures of the memory layer; null for a namespace, and where there is no layer that counts
 * @param policies what holds for each cache that was configured or used, by its name or pattern
 */
public record CacheFigures(
        long entries,
        long sizeBytes,
        double averageEntrySizeBytes,
        long hits,
        long misses,
        double hitRate,
        Map<String, Long> missesByReason,
        long puts,
        long loads,
        long loadFailures,
        Duration loadTime,
        Duration loadTimeSaved,
        @Nullable Double bytesPerSecondSaved,
        long evictions,
        long expirations,
        long storeFailures,
        long staleHits,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        String metadataBackend,
        String blobBackend,
        @Nullable MemoryLayerStats memoryLayer,
        Map<String, Map<String, Object>> policies)
        implements OperationResponseBody {

    static CacheFigures of(
            CacheStats stats, @Nullable MemoryLayerStats memoryLayer, Map<String, Map<String, Object>> policies) {
        Map<String, Long> missesByReason = new TreeMap<>();
        for (MissReason reason : MissReason.values()) {
            missesByReason.put(reason.label(), stats.misses().getOrDefault(reason, 0L));
        }
        return new CacheFigures(
                stats.entries(),
                stats.sizeBytes(),
                stats.averageEntrySizeBytes(),
                stats.hits(),
                stats.missCount(),
                stats.hitRate(),
                missesByReason,
                stats.puts(),
                stats.loads(),
                stats.loadFailures(),
                stats.loadTime(),
                stats.loadTimeSaved(),
                stats.bytesPerSecondSaved().isPresent()
                        ? (Double) stats.bytesPerSecondSaved().getAsDouble()
                        : null,
                stats.evictions(),
                stats.expirations(),
                stats.storeFailures(),
                stats.staleHits(),
                stats.oldest(),
                stats.newest(),
                stats.metadataBackend(),
                stats.blobBackend(),
                memoryLayer,
                policies);
    }
}
