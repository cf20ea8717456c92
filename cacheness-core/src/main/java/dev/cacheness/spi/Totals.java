package dev.cacheness.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What rows come to.
 *
 * @param entries how many, expired ones included
 * @param sizeBytes their stored size
 * @param oldest the earliest creation, null if there is no row
 * @param newest the latest creation, null if there is no row
 */
public record Totals(
        long entries,
        long sizeBytes,
        @Nullable Instant oldest,
        @Nullable Instant newest) {

    /** No rows. */
    public static final Totals NONE = new Totals(0, 0, null, null);
}
