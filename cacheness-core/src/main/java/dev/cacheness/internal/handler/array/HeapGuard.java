package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import java.util.List;

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

    /** @throws CacheSerializationException if there is no room now */
    static Object allocate(Skeleton skeleton, List<Object> leaves) {
        try {
            return skeleton.allocate(leaves);
        } catch (OutOfMemoryError ex) {
            // What did not fit is of nobody's use yet, so nothing else suffers.
            throw new CacheSerializationException("An array does not fit into the heap", ex);
        }
    }
}
