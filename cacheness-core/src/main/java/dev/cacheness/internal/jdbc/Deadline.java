package dev.cacheness.internal.jdbc;

import java.time.Duration;

/** A moment until which somebody waits. */
final class Deadline {

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, at least a millisecond: for most that wait, 0 means for ever. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
    }

    int millisLeft() {
        return (int) Math.min(Integer.MAX_VALUE, left().toMillis());
    }

    boolean isOver() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
