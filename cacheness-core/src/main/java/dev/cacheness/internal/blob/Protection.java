package dev.cacheness.internal.blob;

import dev.cacheness.spi.BlobBackend.References;
import java.io.IOException;

/** Keeps sweeps from blobs that somebody is about to refer to, and finds those that nobody will. Thread-safe. */
public interface Protection extends AutoCloseable {

    /** What the names of new blobs begin with. */
    String owner();

    /** A blob is about to be begun. */
    void begin(String blobId) throws IOException;

    /** Its writer was closed. */
    void end(String blobId, boolean committed);

    /** It was deleted. */
    void deleted(String blobId);

    /** See {@link dev.cacheness.spi.BlobBackend#sweep}. */
    int sweep(References references) throws IOException;

    @Override
    void close();
}
