package dev.cacheness;

/**
 * What became of the events of a cache since it was opened; from {@link Cacheness#unwrap} of a cache that has listeners.
 *
 * @param delivered events that the listeners were told
 * @param dropped events that they were not told, because they were too slow
 */
public record CacheEventStats(long delivered, long dropped) {}
