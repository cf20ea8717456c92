package dev.cacheness.boot.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A call whose result is cached.
 *
 * @param <T> the type of the result
 * @param <X> what it may throw; the compiler infers {@code RuntimeException} for a call that throws nothing that is checked
 */
@FunctionalInterface
public interface CachedCall<T, X extends Exception> {

    /** The result, which may be null. */
    @Nullable
    T call() throws X;
}
