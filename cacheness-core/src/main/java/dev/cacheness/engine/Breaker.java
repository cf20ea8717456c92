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

    private int failures;

    private @Nullable Instant nextTry;

    Breaker(int failuresToOpen, Duration pause, InstantSource clock) {
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether to try. Who may, tells the outcome. */
    synchronized boolean allows() {
        if (nextTry == null) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(nextTry)) {
            return false;
        }
        nextTry = now.plus(pause);
        return true;
    }

    synchronized void succeeded() {
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
