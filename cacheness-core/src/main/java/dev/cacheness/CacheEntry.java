package dev.cacheness;

/**
 * A value together with what is known about its entry.
 *
 * @param <V> the type of the value
 */
public record CacheEntry<V>(V value, EntryMetadata metadata) {}
