package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import java.time.Duration;

/**
 * A layer on the heap that keeps rows of the index which are read often, with the values that are in them.
 *
 * @param policy which row leaves when the layer is full
 * @param maxEntries how many rows it holds
 * @param ttl how long a row is served before the index is asked again
 * @param stats whether hits and misses of the layer are counted
 */
public record MemoryLayerSettings(MemoryPolicy policy, int maxEntries, Duration ttl, boolean stats) {

    public static final int DEFAULT_MAX_ENTRIES = 1_000;

    public static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    /** The least recently used of {@value #DEFAULT_MAX_ENTRIES} rows makes room, a row is served for five minutes, and nothing is counted. */
    public static final MemoryLayerSettings DEFAULT =
            new MemoryLayerSettings(MemoryPolicy.LRU, DEFAULT_MAX_ENTRIES, DEFAULT_TTL, false);

    /** @throws CacheConfigurationException if a number is not positive */
    public MemoryLayerSettings {
        if (maxEntries < 1) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.memory.max-entries",
                    Integer.toString(maxEntries),
                    "A layer needs room for at least 1 row.",
                    "Use a positive number, or set cacheness.metadata.memory.enabled=false.");
        }
        if (ttl.toMillis() < 1) {
            throw new CacheConfigurationException(
                    "cacheness.metadata.memory.ttl",
                    ttl.toString(),
                    "A row must be served for at least 1 ms.",
                    "Use a duration such as 5m, or set cacheness.metadata.memory.enabled=false.");
        }
    }
}
