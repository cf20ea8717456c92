package dev.cacheness.boot.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Starts at noon of 2024-06-01, UTC. Safe for use by several threads. */
public final class TestClock implements InstantSource {

    private volatile Instant now = Instant.parse("2024-06-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Sets the time. */
    public synchronized void set(Instant instant) {
        now = instant;
    }
}
