package dev.cacheness.engine;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheException;
import dev.cacheness.CacheMetadataException;
import java.util.function.Supplier;

/** Whether a cache is open, and what its methods do once it is not, or while its index does not answer. Thread-safe. */
final class OpenState {

    private final FailureLog failures;

    private volatile boolean closed;

    OpenState(FailureLog failures) {
        this.failures = failures;
    }

    /** @return whether it was open until now */
    synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    /** @throws CacheClosedException if it is closed */
    void ensureOpen() {
        if (closed) {
            throw new CacheClosedException();
        }
    }

    <T> T whileOpen(Supplier<T> action) {
        ensureOpen();
        return orClosed(action);
    }

    /** A store that was closed meanwhile fails in its own way; the caller is told the reason. */
    <T> T orClosed(Supplier<T> action) {
        try {
            return action.get();
        } catch (CacheException ex) {
            ensureOpen();
            throw ex;
        }
    }

    /** For reads, which do not fail because the index does. */
    <T> T orElse(T fallback, Supplier<T> read) {
        try {
            return read.get();
        } catch (CacheMetadataException ex) {
            ensureOpen();
            failures.warn("backend-down", "The index does not answer", ex);
            return fallback;
        }
    }
}
