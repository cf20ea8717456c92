package dev.cacheness;

import java.time.Duration;

/**
 * A value together with what is known about its entry.
 *
 * @param <V> the type of the value
 * @param value the value
 * @param metadata what is known about the entry
 * @param age how long ago the value was put when it was handed out, not negative
 * @param isStale whether the value was handed out past its soft time to live, or past its end in place of one that could not be loaded
 */
public record CacheEntry<V>(V value, EntryMetadata metadata, Duration age, boolean isStale) {

    /** An entry that was put just now. */
    public CacheEntry(V value, EntryMetadata metadata) {
        this(value, metadata, Duration.ZERO, false);
    }
}
