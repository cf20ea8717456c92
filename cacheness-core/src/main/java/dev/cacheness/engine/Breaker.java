package dev.cacheness.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps callers from trying in vain: after some failures in a row it lets one try for each pause, until one succeeds. Thread-safe. */
final class Breaker {

    private final int failuresToOpen;

    private final Duration pause;

    private final InstantSource clock;

    // Volatile, so that while all is well nobody takes the lock.
    private volatile int failures;

    private volatile @Nullable Instant nextTry;

    Breaker(int failuresToOpen, Duration pause, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether to try. Who may, tells the outcome. */
    boolean allows() {
        return nextTry == null || mayTry();
    }

    private synchronized boolean mayTry() {
        Instant next = nextTry;
        Instant now = clock.instant();
        if (next != null && now.isBefore(next)) {
            return false;
        }
        if (next != null) {
            nextTry = now.plus(pause);
        }
        return true;
    }

    /** Whether nobody should try now, but for one now and then. */
    boolean isOpen() {
        return nextTry != null;
    }

    void succeeded() {
        if (failures > 0) {
            close();
        }
    }

    private synchronized void close() {
        failures = 0;
        nextTry = null;
    }

    synchronized void failed() {
        failures = Math.min(failures + 1, failuresToOpen);
        if (failures == failuresToOpen) {
            nextTry = clock.instant().plus(pause);
        }
    }
}
