package dev.cacheness.spi;

import java.time.Instant;

/**
 * Reads of an entry that are still to be written down.
 *
 * @param hits how many
 * @param lastAccess the latest of them
 */
public record EntryAccess(String digest, long hits, Instant lastAccess) {}
