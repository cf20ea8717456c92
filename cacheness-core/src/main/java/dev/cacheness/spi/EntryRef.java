package dev.cacheness.spi;

import org.jspecify.annotations.Nullable;

/**
 * Names one generation of an entry.
 *
 * @param blobId the blob that goes with it, null if there is none
 */
public record EntryRef(
        String digest,
        String namespace,
        String generation,
        long sizeBytes,
        @Nullable String blobId) {}
