package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** The base of everything that the cache itself throws, apart from complaints about arguments. */
public abstract class CacheException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
