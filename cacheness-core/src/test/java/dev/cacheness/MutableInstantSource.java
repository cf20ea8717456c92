package dev.cacheness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class MutableInstantSource implements InstantSource {

    private final AtomicReference<Instant> now;

    public MutableInstantSource() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public MutableInstantSource(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
