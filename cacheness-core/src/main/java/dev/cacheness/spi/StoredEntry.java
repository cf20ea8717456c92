package dev.cacheness.spi;

import dev.cacheness.EntryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One row of the index.
 *
 * @param metadata what users see of it
 * @param generation 32 lower-case hexadecimal characters, new for every put: tells a row from an earlier or later one of the same digest
 * @param handlerVersion the version of the handler that wrote the value
 * @param typeFingerprint stands for the shape of the value's type, null if the handler does not say
 * @param content where the bytes are, and how to know that they are right
 */
public record StoredEntry(
        EntryMetadata metadata,
        String generation,
        int handlerVersion,
        @Nullable String typeFingerprint,
        Content content) {

    public String digest() {
        return metadata.digest();
    }

    /** What is needed to remove the row and what belongs to it. */
    public EntryRef ref() {
        return new EntryRef(
                metadata.digest(), metadata.namespace(), generation, metadata.sizeBytes(), content.blobId());
    }
}
