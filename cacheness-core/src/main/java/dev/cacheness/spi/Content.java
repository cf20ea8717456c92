package dev.cacheness.spi;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value: in the row if they are few, in a blob otherwise. The arrays are not copied; nobody may change them.
 *
 * @param checksum over the stored bytes, or, if there are several blocks, over the table of blocks
 * @param blocks the table of blocks, null if all is one block
 * @param inline the stored bytes, null if they are in a blob
 * @param blobId the name of the blob, null if the bytes are in the row
 */
@SuppressWarnings("ArrayRecordComponent")
public record Content(
        byte[] checksum,
        byte @Nullable [] blocks,
        byte @Nullable [] inline,
        @Nullable String blobId) {

    public Content {
        if ((inline == null) == (blobId == null)) {
            throw new IllegalArgumentException("The bytes are either in the row or in a blob");
        }
    }
}
