package dev.cacheness;

import java.time.Duration;

/**
 * A load took longer than the policy of its cache lets callers wait, or found no thread to run in, and there was no stale value instead. The load goes on in
 * the background and its value is stored.
 */
public final class CacheLoadTimeoutException extends CacheException {

    private static final long serialVersionUID = 1L;

    /** @param waited how long the caller waited, zero if no thread was free */
    public CacheLoadTimeoutException(String digest, String namespace, Duration waited) {
        super(
                waited.isZero()
                        ? "All threads for loads with a time limit are busy, so key " + digest + " in namespace '"
                                + namespace
                                + "' is not loaded. Try again later, or raise hard-timeout if loads are slow."
                        : "The load of key " + digest + " in namespace '" + namespace + "' took longer than "
                                + waited.toMillis()
                                + " ms. It goes on in the background; try again later, or raise hard-timeout.",
                null);
    }
}
