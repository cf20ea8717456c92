package dev.cacheness.spi;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row that was to be stored.
 *
 * @param stored false if the condition did not hold; nothing has changed then
 * @param replaced the row that had the digest before, expired or not; null if there was none, or if nothing was stored
 */
public record PutResult(boolean stored, @Nullable EntryRef replaced) {

    /** The condition did not hold. */
    public static final PutResult NOT_STORED = new PutResult(false, null);
}
