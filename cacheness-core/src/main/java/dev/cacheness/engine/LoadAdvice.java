package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the policies say of loads that their callers run themselves, because nobody can wait for them: from {@link Cacheness#unwrap}. What
 * {@link Cacheness#getOrCompute} does by itself, such a caller asks for here. Thread-safe.
 */
public interface LoadAdvice {

    /** Whether the policy of a namespace says anything of values that are to be replaced before their end. */
    boolean refreshes(String namespace);

    /** Whether the policy of a namespace says anything of loads that fail or take long. */
    boolean controlsLoads(String namespace);

    /** Whether a value that is handed out is to be loaded anew meanwhile. */
    boolean isRefreshDue(CacheKey<?> key, EntryMetadata seen);

    /**
     * To be asked before a load.
     *
     * @return a value to hand out without loading; empty to load
     * @throws dev.cacheness.CacheLoadRefusedException if too many loads failed, and there is no value
     */
    <V> Optional<CacheEntry<V>> insteadOfLoad(CacheKey<V> key);

    /**
     * To be told if a load failed.
     *
     * @param time how long it took
     * @return a value that stands in for the one that could not be loaded
     */
    <V> Optional<CacheEntry<V>> afterFailure(CacheKey<V> key, Duration time, Throwable failure);

    /** A value that may be handed out while a load takes long. */
    <V> Optional<CacheEntry<V>> standIn(CacheKey<V> key);

    /** How long to wait for a load if there is a value instead; null for as long as it takes. */
    @Nullable
    Duration softTimeout(String namespace);

    /** How long to wait for a load at most; null for as long as it takes. */
    @Nullable
    Duration hardTimeout(String namespace);

    /** To be told if a load has taken as long as {@link #hardTimeout}; what its callers are to be told. */
    CacheLoadTimeoutException timedOut(CacheKey<?> key);
}
