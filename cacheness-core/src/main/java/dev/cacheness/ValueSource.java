package dev.cacheness;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that are read as a stream, for values that are too large for the heap. Both what is put and what is got:
 *
 * <pre>{@code
 * cache.put(key, () -> Files.newInputStream(report));
 *
 * try (InputStream in = cache.get(key).orElseThrow().openStream()) {
 *     in.transferTo(response.getOutputStream());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ValueSource {

    /**
     * Opens the bytes from their beginning; the caller closes the stream.
     *
     * <p>A source that is put must give a new stream every time, because a value that was put or loaded is also handed to other callers. A source that
     * was got from a cache has its stream open already and gives it once; as long as the stream is not closed it holds on to what it reads from, so
     * that the value can be read to its end whatever becomes of the entry meanwhile. Each byte it gives has been verified; if the rest of the stored
     * bytes turns out to be damaged, the stream throws an {@code IOException}.
     *
     * @throws IOException if there is nothing to be read
     * @throws IllegalStateException if the source was got from a cache and its stream was given already
     */
    InputStream openStream() throws IOException;
}
