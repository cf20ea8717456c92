package dev.cacheness.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;

/**
 * What {@link Cached} says of a method, checked. Immutable.
 *
 * @param names what the arguments are called in keys
 * @param cacheIf the condition of {@link CacheIf}
 * @param each the position of the argument whose elements are cached one by one, -1 for none
 */
record CachedOperation(
        Method method,
        MethodExpressions expressions,
        String cache,
        String methodName,
        String[] names,
        ResultKind kind,
        Type valueType,
        @Nullable Expression key,
        @Nullable Expression condition,
        @Nullable Expression unless,
        @Nullable Expression cacheIf,
        StoredFacts facts,
        boolean ignoreErrors,
        int each) {

    /** The name of the parameter that holds the method. No parameter can have that name. */
    static final String METHOD = "@method";

    /** The name of the parameter that holds the value of the expression. */
    static final String KEY = "key";

    /** Whether the call has to be known to expressions before it is made. */
    boolean needsContext() {
        return key != null || condition != null || facts.needsContext();
    }

    /** What the key of a call is made of: the value of the expression, or a copy of the arguments. */
    @Nullable
    Object[] keyValues(@Nullable Object[] arguments, @Nullable EvaluationContext context) {
        return key != null && context != null ? new @Nullable Object[] {key.getValue(context)} : arguments.clone();
    }

    /** @param values see {@link #keyValues} */
    MethodKey key(@Nullable Object[] values) {
        Map<String, @Nullable Object> parameters = new HashMap<>(2 * values.length + 2);
        if (key != null) {
            parameters.put(KEY, values[0]);
            return new MethodKey(cache, parameters, valueType);
        }
        parameters.put(METHOD, methodName);
        for (int i = 0; i < values.length; i++) {
            parameters.put(names[i], values[i]);
        }
        return new MethodKey(cache, parameters, valueType);
    }

    /** Whether a result is to be stored. */
    boolean stores(EvaluationContext context, @Nullable Object result) {
        context.setVariable(MethodExpressions.RESULT, result);
        return (unless == null || !isTrue(unless, context)) && (cacheIf == null || isTrue(cacheIf, context));
    }

    static boolean isTrue(Expression expression, EvaluationContext context) {
        return Boolean.TRUE.equals(expression.getValue(context, Boolean.class));
    }
}
