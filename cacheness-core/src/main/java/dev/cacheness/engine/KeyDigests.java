package dev.cacheness.engine;

import dev.cacheness.CacheKey;

/** Digests the keys of a cache. Thread-safe. */
interface KeyDigests {

    /** @throws dev.cacheness.CacheSerializationException if the key cannot be one */
    String digest(CacheKey<?> key);
}
