package dev.cacheness.internal.record;

import java.time.Duration;
import java.time.Instant;

/** Instants as microseconds; what is finer is cut off. */
public final class Micros {

    private Micros() {}

    /** @throws ArithmeticException if the instant lies more than 292,000 years from 1970 */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The length in microseconds, at most half of the greatest {@code long}. */
    public static long of(Duration length) {
        return length.getSeconds() > Long.MAX_VALUE / 2_000_000
                ? Long.MAX_VALUE / 2
                : length.getSeconds() * 1_000_000 + length.getNano() / 1_000;
    }
}
