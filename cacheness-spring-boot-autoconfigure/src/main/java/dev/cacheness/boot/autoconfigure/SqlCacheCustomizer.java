package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.SqlCacheBuilder;

/** A bean that has the last word on how SQL caches are built, after all properties: gap detectors, variants, alignment. */
@FunctionalInterface
public interface SqlCacheCustomizer {

    /**
     * Called once for every cache.
     *
     * @param cache the name of the cache
     * @param builder what it is built by
     */
    void customize(String cache, SqlCacheBuilder<?> builder);
}
