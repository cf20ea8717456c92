package dev.cacheness.boot.annotation;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import dev.cacheness.StartedLoad;
import dev.cacheness.boot.cache.AsyncPolicy;
import dev.cacheness.boot.cache.NonBlockingThreads;
import dev.cacheness.boot.transaction.CacheTransactions;
import dev.cacheness.engine.CachePolicies;
import dev.cacheness.spi.NullValue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose result comes later. No thread waits for it; of all callers in this process that ask for a key that is being loaded, the first one calls the method.
 * Threads that must not wait for a disk hand reading and storing on to the executor. Thread-safe.
 */
final class AsyncCalls {

    private final Cacheness cacheness;

    private final Executor executor;

    private final CacheTransactions transactions;

    private final CallFailures failures;

    private final AsyncPolicy policy;

    private final Map<CacheKey<Object>, CompletableFuture<@Nullable Object>> flights = new ConcurrentHashMap<>();

    AsyncCalls(Cacheness cacheness, Executor executor, CacheTransactions transactions, CallFailures failures) {
        this.cacheness = cacheness;
        this.executor = executor;
        this.transactions = transactions;
        this.failures = failures;
        this.policy = new AsyncPolicy(cacheness, executor);
    }

    CompletableFuture<@Nullable Object> call(
            CacheKey<Object> key, Invocation invocation, boolean ignoreErrors, PutOption... options) {
        if (transactions.hides(key.keyNamespace())) {
            return stage(invocation);
        }
        Call call = new Call(key, invocation, ignoreErrors, options);
        if (!NonBlockingThreads.isCurrent()) {
            return call.start();
        }
        CompletableFuture<CompletableFuture<@Nullable Object>> started = new CompletableFuture<>();
        execute(() -> started.complete(call.start()));
        return started.thenCompose(answer -> answer);
    }

    private static CompletableFuture<@Nullable Object> stage(Invocation invocation) {
        try {
            return invocation.call().toCompletableFuture();
        } catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException ex) {
            work.run();
        }
    }

    /** What is called if there is no cached result. */
    @FunctionalInterface
    interface Invocation {

        CompletionStage<@Nullable Object> call() throws Throwable;
    }

    private final class Call {

        private final CacheKey<Object> key;

        private final Invocation invocation;

        private final boolean ignoreErrors;

        private final PutOption[] options;

        private final CompletableFuture<@Nullable Object> flight = new CompletableFuture<>();

        Call(CacheKey<Object> key, Invocation invocation, boolean ignoreErrors, PutOption... options) {
            this.key = key;
            this.invocation = invocation;
            this.ignoreErrors = ignoreErrors;
            this.options = options;
        }

        CompletableFuture<@Nullable Object> start() {
            StartedLoad<Object> load;
            try {
                Object found = policy.find(key, this::refreshed);
                if (found != null) {
                    return CompletableFuture.completedFuture(resultOf(found));
                }
                CompletableFuture<@Nullable Object> running = flights.putIfAbsent(key, flight);
                if (running != null) {
                    return policy.limited(key, running.copy());
                }
                Object landed = cacheness.exists(key) ? cacheness.get(key).orElse(null) : null;
                if (landed != null) {
                    land(resultOf(landed), null);
                    return flight;
                }
                load = cacheness.startLoad(key);
            } catch (RuntimeException ex) {
                return withoutCache(ex);
            }
            policy.load(key, () -> stage(invocation).thenCompose(value -> stored(load, value)))
                    .whenComplete(this::land);
            return policy.limited(key, flight.copy());
        }

        private CompletableFuture<?> refreshed(StartedLoad<Object> load) {
            return stage(invocation).thenCompose(value -> stored(load, value));
        }

        private CompletableFuture<@Nullable Object> withoutCache(RuntimeException failure) {
            if (!ignoreErrors || !(failure instanceof CacheException)) {
                land(null, failure);
                return flight;
            }
            failures.record(key.keyNamespace(), "the method was called", failure);
            CompletableFuture<@Nullable Object> answer = stage(invocation);
            answer.whenComplete(this::land);
            return answer;
        }

        /** The value, when it is stored. */
        private CompletableFuture<@Nullable Object> stored(StartedLoad<Object> load, @Nullable Object value) {
            if (!NonBlockingThreads.isCurrent()) {
                return store(load, value);
            }
            CompletableFuture<CompletableFuture<@Nullable Object>> done = new CompletableFuture<>();
            execute(() -> done.complete(store(load, value)));
            return done.thenCompose(answer -> answer);
        }

        private CompletableFuture<@Nullable Object> store(StartedLoad<Object> load, @Nullable Object value) {
            try {
                load.store(value == null ? NullValue.INSTANCE : value, options);
            } catch (RuntimeException ex) {
                if (!ignoreErrors || CachePolicies.throwPutFailures(cacheness, key.keyNamespace())) {
                    return CompletableFuture.failedFuture(ex);
                }
                failures.record(key.keyNamespace(), "the result was not stored", ex);
            }
            return CompletableFuture.completedFuture(value);
        }

        private void land(@Nullable Object value, @Nullable Throwable failure) {
            flights.remove(key, flight);
            if (failure == null) {
                flight.complete(value);
            } else {
                flight.completeExceptionally(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        }
    }

    private static @Nullable Object resultOf(Object stored) {
        return stored == NullValue.INSTANCE ? null : stored;
    }
}
