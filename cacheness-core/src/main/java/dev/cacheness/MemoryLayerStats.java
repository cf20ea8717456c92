package dev.cacheness;

/**
 * What the memory layer in front of the index did since the cache was opened. Immutable. {@link Cacheness#unwrap} gives it where there is such a layer
 * that counts.
 *
 * @param entries rows in it now
 * @param hits rows that were found in it
 * @param misses rows that the index was asked for
 */
public record MemoryLayerStats(long entries, long hits, long misses) {}
