package dev.cacheness.boot.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Starts at noon of 2024-06-01, UTC. Safe for use by several threads. */
public final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-06-01T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Sets the time. */
    public void set(Instant instant) {
        now.set(instant);
    }
}
