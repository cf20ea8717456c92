package dev.cacheness.internal.jdbc;

import java.time.Instant;

/** The one way in which times become columns: epoch milliseconds, which sort right and are the same in every database. */
final class Millis {

    private static final Instant MIN = Instant.ofEpochMilli(Long.MIN_VALUE);

    private static final Instant MAX = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Millis() {}

    /** Rounded down; the nearest that there is for times beyond. */
    static long of(Instant time) {
        if (time.isBefore(MIN)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(MAX) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    static Instant toInstant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
