package dev.cacheness;

import java.util.Map;
import java.util.Set;

/**
 * Makes the values of keys that have none, all at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface CacheBulkLoader<K, V, X extends Exception> {

    /** The values by key; keys that have no value are left out. Never null, and neither are the values. */
    Map<? extends K, ? extends V> loadAll(Set<K> keys) throws X;
}
