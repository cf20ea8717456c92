package dev.cacheness.engine;

import dev.cacheness.CacheException;
import java.util.Objects;

/** A value was loaded and could not be stored, and its policy wants the caller to be told. Never leaves the engine: the caller gets what went wrong. */
final class PutFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PutFailedException(CacheException failure) {
        super(failure);
    }

    CacheException failure() {
        return (CacheException) Objects.requireNonNull(getCause());
    }
}
