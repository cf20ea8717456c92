package dev.cacheness;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened to an entry, or to a key without one, in this process. Told after it happened, so by the time it is heard more may have happened.
 * Immutable.
 *
 * <p>Values are never part of it, and neither are the parameters of keys.
 */
public sealed interface CacheEvent {

    /** The namespace of the key, empty for loose keys. */
    String namespace();

    /** The digest of the key, 32 lower-case hexadecimal characters. */
    String digest();

    /** When it happened, by the clock of the cache. */
    Instant time();

    /**
     * A value was stored.
     *
     * @param sizeBytes its size as stored
     */
    record Put(String namespace, String digest, Instant time, long sizeBytes) implements CacheEvent {}

    /** A value was asked for and found, whether or not it was stale. */
    record Hit(String namespace, String digest, Instant time) implements CacheEvent {}

    /** A value was asked for and not found. */
    record Miss(String namespace, String digest, Instant time, MissReason reason) implements CacheEvent {}

    /** An entry was removed to make room. */
    record Evicted(String namespace, String digest, Instant time) implements CacheEvent {}

    /** An entry was removed because its time was over; this may be a while after its end. */
    record Expired(String namespace, String digest, Instant time) implements CacheEvent {}

    /** An entry was removed because somebody said so. Keys that had no entry are not told. */
    record Invalidated(String namespace, String digest, Instant time) implements CacheEvent {}

    /**
     * A loader returned a value.
     *
     * @param loadTime how long it took
     */
    record Loaded(String namespace, String digest, Instant time, Duration loadTime) implements CacheEvent {}

    /**
     * A loader threw.
     *
     * @param loadTime how long it took
     * @param failure what it threw
     */
    record LoadFailed(String namespace, String digest, Instant time, Duration loadTime, Throwable failure)
            implements CacheEvent {}
}
