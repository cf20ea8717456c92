package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** Stored bytes could not be compressed, or are not what the codec wrote. */
public class CacheCompressionException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheCompressionException(String message) {
        this(message, null);
    }

    public CacheCompressionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
