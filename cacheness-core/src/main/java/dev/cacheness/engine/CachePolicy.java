package dev.cacheness.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the entries of one namespace unless a put says otherwise. Null leaves a point to the default of the whole cache.
 *
 * @param ttl how long entries live; null for the default of the cache
 */
public record CachePolicy(@Nullable Duration ttl) {

    /** Everything as for the whole cache. */
    public static final CachePolicy DEFAULT = new CachePolicy(null);
}
