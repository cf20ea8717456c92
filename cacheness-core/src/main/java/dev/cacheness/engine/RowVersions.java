package dev.cacheness.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/** A number for every digest that only rises. Digests share numbers, so one may rise for another. Thread-safe. */
final class RowVersions {

    private static final int STRIPES = 1024;

    private final AtomicLongArray versions = new AtomicLongArray(STRIPES);

    long of(String digest) {
        return versions.get(stripe(digest));
    }

    void raise(String digest) {
        versions.incrementAndGet(stripe(digest));
    }

    void raiseAll() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            versions.incrementAndGet(stripe);
        }
    }

    private static int stripe(String digest) {
        int hash = digest.hashCode();
        return (hash ^ hash >>> 16) & (STRIPES - 1);
    }
}
