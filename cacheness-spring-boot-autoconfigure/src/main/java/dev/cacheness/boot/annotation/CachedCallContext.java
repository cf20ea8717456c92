package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.engine.KnownKeys;
import dev.cacheness.spi.NullValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;

/** One call of an annotated method. */
final class CachedCallContext {

    private final CachedCalls calls;

    private final MethodInvocation invocation;

    private final Object target;

    private final @Nullable Object[] arguments;

    CachedCallContext(CachedCalls calls, MethodInvocation invocation, Object target) {
        this.calls = calls;
        this.invocation = invocation;
        this.target = target;
        this.arguments = invocation.getArguments();
    }

    CachedCalls calls() {
        return calls;
    }

    MethodInvocation invocation() {
        return invocation;
    }

    CallFailures failures() {
        return calls.failures();
    }

    @Nullable
    Object[] arguments() {
        return arguments;
    }

    @Nullable
    Object proceed() throws Throwable {
        return invocation.proceed();
    }

    /** As {@link #proceed}, also from another thread and after the call has returned: a stale result may be refreshed in the background. */
    @Nullable
    Object load() throws Throwable {
        return CachedMethodInterceptor.later(invocation).proceed();
    }

    @Nullable
    Object plain(CachedOperation operation, Prepared prepared, PlainCalls.Invocation method) throws Throwable {
        return calls.plain().call(prepared.key(), method, operation.ignoreErrors(), prepared.options());
    }

    CompletableFuture<@Nullable Object> async(
            CachedOperation operation, Prepared prepared, AsyncCalls.Invocation method) {
        return calls.async().call(prepared.key(), method, operation.ignoreErrors(), prepared.options());
    }

    EvaluationContext expressionContext(MethodExpressions expressions) {
        return expressions.context(target, arguments);
    }

    /** Whether what was loaded is to be stored. What cannot be decided is not. */
    boolean stores(CachedOperation operation, Object value) {
        try {
            return operation.stores(
                    expressionContext(operation.expressions()), value == NullValue.INSTANCE ? null : value);
        } catch (EvaluationException ex) {
            if (!operation.ignoreErrors()) {
                throw ex;
            }
            failures().record(operation.cache(), "the result was not stored", ex);
            return false;
        }
    }

    void invalidate(CachedMethod method, boolean beforeInvocation) {
        for (InvalidateOperation each : method.invalidations()) {
            if (each.beforeInvocation() == beforeInvocation) {
                each.run(calls.removals(), expressionContext(each.expressions()));
            }
        }
    }

    /** Invalidates after the call has given this result. */
    void invalidated(CachedMethod method, @Nullable Object result) {
        for (InvalidateOperation each : method.invalidations()) {
            if (!each.beforeInvocation()) {
                EvaluationContext context = expressionContext(each.expressions());
                context.setVariable(MethodExpressions.RESULT, result);
                each.run(calls.removals(), context);
            }
        }
    }

    Collection<Object> elements(Object argument) {
        List<Object> elements = new ArrayList<>();
        ((Iterable<?>) argument).forEach(elements::add);
        return elements;
    }

    /** The key of a call with these arguments. */
    CacheKey<Object> key(
            CachedOperation operation, @Nullable Object[] of, @Nullable EvaluationContext expressionContext) {
        @Nullable Object[] parameters = operation.keyValues(of, expressionContext);
        for (Object parameter : parameters) {
            if (!KnownKeys.isPlain(parameter)) {
                return operation.key(parameters);
            }
        }
        return calls.keys().get(new CallIdentity(operation, parameters), () -> operation.key(parameters));
    }

    CacheKey<Object> elementKey(CachedOperation operation, Object element) {
        @Nullable Object[] single = arguments.clone();
        single[operation.each()] = element;
        EvaluationContext context =
                operation.key() == null ? null : operation.expressions().context(target, single);
        return key(operation, single, context);
    }

    Map<?, ?> proceedWith(int position, Set<Object> elements) throws Throwable {
        Class<?> parameter = invocation.getMethod().getParameterTypes()[position];
        @Nullable Object[] with = arguments.clone();
        with[position] = CachedMethodInterceptor.inFormOf(parameter, elements);
        Object result = CachedMethodInterceptor.later(invocation, with).proceed();
        return result == null ? Map.of() : (Map<?, ?>) result;
    }
}
