package dev.cacheness.boot.annotation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What tells one call from others: what is to be done, and the parameters of the key. */
final class CallIdentity {

    private final CachedOperation operation;

    private final @Nullable Object[] parameters;

    private final int hash;

    /** Takes over the array. */
    CallIdentity(CachedOperation operation, @Nullable Object... parameters) {
        this.operation = operation;
        this.parameters = parameters;
        this.hash = 31 * System.identityHashCode(operation) + Arrays.hashCode(parameters);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallIdentity identity
                && operation == identity.operation
                && Arrays.equals(parameters, identity.parameters);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
