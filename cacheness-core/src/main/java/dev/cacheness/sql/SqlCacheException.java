package dev.cacheness.sql;

import dev.cacheness.CacheException;
import org.jspecify.annotations.Nullable;

/** A {@link SqlCache} cannot do what it was asked to. */
public class SqlCacheException extends CacheException {

    private static final long serialVersionUID = 1L;

    public SqlCacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
