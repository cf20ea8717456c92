package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.cache.CachenessCacheManager;

/** Applies the application's customizers, whose type may not be on the class path. */
@FunctionalInterface
interface CacheManagerCallback {

    void customize(CachenessCacheManager manager);
}
