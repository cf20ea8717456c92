package dev.cacheness;

/**
 * A load that has begun and ends some other time, maybe in another thread. See {@link Cacheness#startLoad}. Thread-safe.
 *
 * @param <V> the type of the value
 */
public interface StartedLoad<V> {

    /**
     * Stores what was loaded, unless the key was invalidated since the load began, or the index did not answer then. To be called once at most; a load that
     * failed is just forgotten.
     *
     * @return whether the value was stored
     * @throws CacheException as for {@link Cacheness#put}
     */
    boolean store(V value, PutOption... options);
}
