package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** The index of entries could not be read or written. */
public class CacheMetadataException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheMetadataException(String message) {
        this(message, null);
    }

    public CacheMetadataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
