package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** Bytes could not be written to, read from or removed from where blobs live, or the place itself cannot be used. */
public class CacheStorageException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheStorageException(String message) {
        this(message, null);
    }

    public CacheStorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
