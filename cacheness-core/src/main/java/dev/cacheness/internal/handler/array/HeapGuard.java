package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;

/** Refuses to take memory for a length that cannot be true. */
final class HeapGuard {

    private HeapGuard() {}

    /** @throws CacheSerializationException if the heap can never hold so much */
    static void check(double bytes) {
        long limit = Runtime.getRuntime().maxMemory();
        if (bytes > limit) {
            throw new CacheSerializationException(
                    "An array of " + (long) bytes + " bytes does not fit into the heap of " + limit + " bytes");
        }
    }
}
