package dev.cacheness.internal.store;

import dev.cacheness.spi.BlobBackend.BlobWriter;
import dev.cacheness.spi.Content;
import org.jspecify.annotations.Nullable;

/**
 * A value whose bytes are complete but which no entry refers to yet. Closing it ends the protection of its blob; unless an entry refers to it by then,
 * the blob is discarded or left to the next sweep.
 *
 * @param codec the name of the codec that compressed at least one block, {@code none} otherwise
 */
public record WrittenValue(
        String codec,
        long rawSizeBytes,
        long storedSizeBytes,
        Content content,
        @Nullable BlobWriter writer) implements AutoCloseable {

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
