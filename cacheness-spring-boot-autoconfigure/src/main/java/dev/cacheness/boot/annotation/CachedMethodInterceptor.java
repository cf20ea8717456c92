package dev.cacheness.boot.annotation;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.expression.EvaluationException;
import org.springframework.util.function.SingletonSupplier;

/** Does what the annotations of the method say. Thread-safe. */
final class CachedMethodInterceptor implements MethodInterceptor {

    private final CachedMethods methods;

    private final SingletonSupplier<CachedCalls> calls;

    /** @param calls null if there is no cache; asked at the first call, for beans are advised before there is one */
    CachedMethodInterceptor(CachedMethods methods, Supplier<@Nullable CachedCalls> calls) {
        this.methods = methods;
        this.calls = SingletonSupplier.ofNullable(calls);
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        CachedCalls cache = calls.get();
        Object target = invocation.getThis();
        if (cache == null || target == null) {
            return invocation.proceed();
        }
        CachedMethod method = methods.of(invocation.getMethod(), target.getClass());
        if (method.isNone()) {
            return invocation.proceed();
        }
        CachedCallContext context = new CachedCallContext(cache, invocation, target);
        if (method.invalidations().isEmpty()) {
            return cached(context, method.cached());
        }
        return invalidating(context, method);
    }

    private static @Nullable Object invalidating(CachedCallContext context, CachedMethod method) throws Throwable {
        context.invalidate(method, true);
        Object result = cached(context, method.cached());
        if (!method.invalidates(false)) {
            return result;
        }
        if (result instanceof CompletionStage<?> stage) {
            return stage.thenApply(value -> {
                context.invalidated(method, value);
                return value;
            });
        }
        if (result != null && ReactorCalls.isPublisher(result.getClass())) {
            return ReactorCalls.afterwards(result, value -> context.invalidated(method, value));
        }
        context.invalidated(method, result instanceof Optional<?> optional ? optional.orElse(null) : result);
        return result;
    }

    private static @Nullable Object cached(CachedCallContext context, @Nullable CachedOperation operation)
            throws Throwable {
        if (operation == null) {
            return context.proceed();
        }
        Prepared prepared;
        try {
            prepared = Prepared.of(context, operation);
        } catch (EvaluationException | IllegalArgumentException ex) {
            if (!operation.ignoreErrors()) {
                throw ex;
            }
            context.failures().record(operation.cache(), "the method was called", ex);
            return context.proceed();
        }
        if (prepared == Prepared.NOT_CACHED) {
            return context.proceed();
        }
        return switch (operation.kind()) {
            case PLAIN -> context.plain(operation, prepared, context::load);
            case OPTIONAL ->
                Optional.ofNullable(context.plain(operation, prepared, () -> content((Optional<?>) context.load())));
            case STAGE -> context.async(operation, prepared, () -> stage(context.load()));
            case MONO -> ReactorCalls.mono(context, operation, prepared);
            case FLUX -> ReactorCalls.flux(context, operation, prepared);
            case EACH -> each(context, operation, prepared);
        };
    }

    private static @Nullable Object content(@Nullable Optional<?> optional) {
        return optional == null ? null : optional.orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static CompletionStage<@Nullable Object> stage(@Nullable Object stage) {
        return stage == null ? CompletableFuture.completedFuture(null) : (CompletionStage<@Nullable Object>) stage;
    }

    private static Map<Object, @Nullable Object> each(
            CachedCallContext context, CachedOperation operation, Prepared prepared) throws Throwable {
        Object argument = context.arguments()[operation.each()];
        if (argument == null) {
            throw new NullPointerException("The collection with @CacheEach of " + operation.methodName() + " is null");
        }
        return context.calls()
                .bulk()
                .call(
                        operation.cache(),
                        context.elements(argument),
                        element -> context.elementKey(operation, element),
                        missing -> context.proceedWith(operation.each(), missing),
                        operation.ignoreErrors(),
                        prepared.options());
    }

    /** Elements in the form that the parameter has. */
    static Collection<Object> inFormOf(Class<?> parameter, Set<Object> elements) {
        return parameter == Set.class ? elements : new java.util.ArrayList<>(elements);
    }

    /** A call that is not yet made, for publishers that make it when they are subscribed to. */
    static MethodInvocation later(MethodInvocation invocation) {
        return invocation instanceof ProxyMethodInvocation proxied ? proxied.invocableClone() : invocation;
    }

    /** As {@link #later(MethodInvocation)}, with other arguments. */
    static MethodInvocation later(MethodInvocation invocation, @Nullable Object... arguments) {
        if (invocation instanceof ProxyMethodInvocation proxied) {
            return proxied.invocableClone(arguments);
        }
        System.arraycopy(arguments, 0, invocation.getArguments(), 0, arguments.length);
        return invocation;
    }
}
