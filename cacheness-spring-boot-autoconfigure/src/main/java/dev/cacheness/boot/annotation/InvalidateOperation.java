package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.EntryQuery;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;

/**
 * What {@link CacheInvalidate} says of a method, checked. Immutable.
 *
 * @param cache null for all caches
 */
record InvalidateOperation(
        MethodExpressions expressions,
        @Nullable String cache,
        @Nullable Expression key,
        @Nullable Expression tag,
        StoredFacts.@Nullable Attribute attribute,
        @Nullable Expression condition,
        boolean beforeInvocation) {

    void run(Removals removals, EvaluationContext context) {
        if (condition != null && !CachedOperation.isTrue(condition, context)) {
            return;
        }
        if (key != null && cache != null) {
            Map<String, @Nullable Object> parameters = new HashMap<>();
            parameters.put(CachedOperation.KEY, key.getValue(context));
            removals.key(CacheKey.in(cache, Collections.unmodifiableMap(parameters)), beforeInvocation);
            return;
        }
        EntryQuery query = cache == null ? EntryQuery.all() : EntryQuery.all().inNamespace(cache);
        if (tag != null) {
            removals.query(query.withTag(String.valueOf(tag.getValue(context))), beforeInvocation);
        } else if (attribute != null) {
            Object value = attribute.value().getValue(context);
            removals.query(query.withAttribute(attribute.name(), value == null ? "null" : value), beforeInvocation);
        } else if (cache != null) {
            removals.namespace(cache, beforeInvocation);
        }
    }
}
