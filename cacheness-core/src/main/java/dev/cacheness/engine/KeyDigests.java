package dev.cacheness.engine;

import dev.cacheness.CacheKey;
import dev.cacheness.internal.key.DigestedKey;

/** Digests the keys of a cache. Thread-safe. */
interface KeyDigests {

    /** @throws dev.cacheness.CacheSerializationException if the key cannot be one */
    DigestedKey digest(CacheKey<?> key);
}
