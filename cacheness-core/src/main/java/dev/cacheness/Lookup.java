package dev.cacheness;

import java.util.Optional;

/**
 * The answer to a look-up: the entry, or why there is none.
 *
 * @param <V> the type of the value
 */
public sealed interface Lookup<V> {

    /** The value was found. */
    record Hit<V>(CacheEntry<V> entry) implements Lookup<V> {}

    /** There was nothing to be had. */
    record Miss<V>(MissReason reason) implements Lookup<V> {}

    /** Whether the value was found. */
    default boolean isHit() {
        return this instanceof Hit;
    }

    /** The value, empty for a miss. */
    default Optional<V> value() {
        return this instanceof Hit<V> hit ? Optional.of(hit.entry().value()) : Optional.empty();
    }
}
