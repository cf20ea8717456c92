package dev.cacheness.sql;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.TemporalAmount;

/** A clock that stands still until it is moved. */
final class MutableClock implements InstantSource {

    private volatile Instant now;

    MutableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(TemporalAmount amount) {
        now = now.plus(amount);
    }
}
