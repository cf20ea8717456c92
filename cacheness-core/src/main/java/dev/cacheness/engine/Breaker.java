package dev.cacheness.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps callers from trying in vain: after some failures in a row it lets one try for each pause, until one succeeds. Thread-safe. */
final class Breaker {

    private final int failuresToOpen;

    private final Duration pause;

    private final Duration longestTry;

    private final InstantSource clock;

    // Volatile, so that while all is well nobody takes the lock.
    private volatile int failures;

    private volatile @Nullable Instant nextTry;

    Breaker(int failuresToOpen, Duration pause, InstantSource clock) {
        this(failuresToOpen, pause, Duration.ZERO, clock);
    }

    /** @param longestTry for so long nobody else tries while one is at it */
    Breaker(int failuresToOpen, Duration pause, Duration longestTry, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.longestTry = longestTry;
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
            nextTry = now.plus(pause).plus(longestTry);
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

    void failed() {
        failed(1);
    }

    /** A failure that counts for all that it takes, because whoever met it had to wait. */
    void failedSlowly() {
        failed(failuresToOpen);
    }

    private synchronized void failed(int count) {
        failures = Math.min(failures + count, failuresToOpen);
        if (failures == failuresToOpen) {
            nextTry = clock.instant().plus(pause);
        }
    }
}
