package dev.cacheness.boot.test;

import dev.cacheness.Cacheness;

/** Assertions on caches, for static import beside those of AssertJ. */
public final class CachenessAssertions {

    private CachenessAssertions() {}

    /** Begins an assertion on a cache. */
    public static CachenessAssert assertThat(Cacheness actual) {
        return new CachenessAssert(actual);
    }
}
