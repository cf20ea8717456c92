package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.PutOption;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;

/** The key of one call, and what is stored with its result. */
record Prepared(CacheKey<Object> key, PutOption... options) {

    /** For calls whose condition does not hold. */
    static final Prepared NOT_CACHED = new Prepared(CacheKey.of("not", "cached"));

    static Prepared of(CachedCallContext call, CachedOperation operation) {
        EvaluationContext context = operation.needsContext() ? call.expressionContext(operation.expressions()) : null;
        if (operation.condition() != null
                && context != null
                && !CachedOperation.isTrue(operation.condition(), context)) {
            return NOT_CACHED;
        }
        boolean conditional = operation.unless() != null || operation.cacheIf() != null;
        // The key of a bulk call is that of its elements.
        CacheKey<Object> key =
                operation.kind() == ResultKind.EACH ? NOT_CACHED_KEY : call.key(operation, call.arguments(), context);
        return new Prepared(
                key, operation.facts().options(context, conditional ? value -> call.stores(operation, value) : null));
    }

    private static final CacheKey<Object> NOT_CACHED_KEY = NOT_CACHED.key();

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
