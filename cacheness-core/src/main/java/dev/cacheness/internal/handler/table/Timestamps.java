package dev.cacheness.internal.handler.table;

import java.time.Instant;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;

/** Instants as numbers of units since 1970. */
final class Timestamps {

    private Timestamps() {}

    /** @throws ArithmeticException if the number is too large, or would have to be rounded */
    static long ofInstant(Instant instant, TimeUnit unit) {
        long perSecond = perSecond(unit);
        long part = instant.getNano() / (1_000_000_000L / perSecond);
        if (part * (1_000_000_000L / perSecond) != instant.getNano()) {
            throw new ArithmeticException(instant + " is no whole number of " + unit);
        }
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), perSecond), part);
    }

    /** Whether the instant has a number of units, perhaps a rounded one. */
    static boolean fits(Instant instant, TimeUnit unit) {
        long seconds = instant.getEpochSecond();
        long bound = Long.MAX_VALUE / perSecond(unit);
        return seconds < bound && seconds > -bound;
    }

    static Instant toInstant(long value, TimeUnit unit) {
        long perSecond = perSecond(unit);
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
    }

    static long nanos(long value, TimeUnit unit) {
        return Math.multiplyExact(value, 1_000_000_000L / perSecond(unit));
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> 1_000_000_000;
        };
    }
}
