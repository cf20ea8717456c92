package dev.cacheness;

/**
 * Makes the value of a key that has none.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @param <X> what it may throw; the compiler infers {@code RuntimeException} for a loader that throws nothing that is checked
 */
@FunctionalInterface
public interface CacheLoader<K, V, X extends Exception> {

    /** The value of the key, never null. */
    V load(K key) throws X;
}
