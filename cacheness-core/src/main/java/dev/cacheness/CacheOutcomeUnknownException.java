package dev.cacheness;

import org.jspecify.annotations.Nullable;

/**
 * The index could not be reached any more while an entry was being stored: the former value or the new one is there, whole, and nobody knows which. To put
 * the value again is safe.
 */
public class CacheOutcomeUnknownException extends CacheMetadataException {

    private static final long serialVersionUID = 1L;

    /**
     * @param digest the key's digest
     * @param generation of the entry that may have been stored
     */
    public CacheOutcomeUnknownException(String digest, String generation, @Nullable Throwable cause) {
        super(
                "It is not known whether the entry " + digest + " (generation " + generation
                        + ") was stored, for the index was lost meanwhile. To put the value again is safe.",
                cause);
    }
}
