package dev.cacheness.boot.cache;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.StartedLoad;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one cache whose result comes later: of all callers in this process that ask for a key that is being loaded, only the first runs its loader.
 * Thread-safe.
 */
final class LateLoads {

    private final Cacheness cacheness;

    private final Values values;

    private final PendingWrites writes;

    private final ToleratedFailures failures;

    private final AsyncPolicy policy;

    LateLoads(
            Cacheness cacheness, Values values, PendingWrites writes, ToleratedFailures failures, AsyncPolicy policy) {
        this.cacheness = cacheness;
        this.values = values;
        this.writes = writes;
        this.failures = failures;
        this.policy = policy;
    }

    CompletableFuture<@Nullable Object> find(Object key, Supplier<CompletableFuture<@Nullable Object>> loader) {
        PendingWrite load = new PendingWrite();
        PendingWrite running = writes.begin(key, load);
        if (running == null) {
            writes.blocking(() -> load(key, loader, load));
        }
        CompletableFuture<@Nullable Object> answer =
                (running == null ? load : running).value().copy();
        return answer.isDone() ? answer : limited(key, answer);
    }

    private CompletableFuture<@Nullable Object> limited(Object key, CompletableFuture<@Nullable Object> answer) {
        try {
            return policy.limited(values.key(key), answer);
        } catch (RuntimeException ex) {
            failures.reading(ex);
            return answer;
        }
    }

    private void load(Object key, Supplier<CompletableFuture<@Nullable Object>> loader, PendingWrite load) {
        CacheKey<Object> cacheKey;
        StartedLoad<Object> started;
        try {
            cacheKey = values.key(key);
            Object found = policy.find(cacheKey, refresh -> refreshed(key, loader, refresh));
            if (found != null) {
                loaded(key, load, values.fromStored(found), null);
                return;
            }
            started = cacheness.startLoad(cacheKey);
        } catch (RuntimeException ex) {
            failures.reading(ex);
            call(loader).whenComplete((value, failure) -> loaded(key, load, value, failure));
            return;
        }
        policy.load(cacheKey, () -> call(loader).thenApply(value -> written(key, load, started, value)))
                .whenComplete((value, failure) -> loaded(key, load, value, failure));
    }

    private static CompletableFuture<@Nullable Object> call(Supplier<CompletableFuture<@Nullable Object>> loader) {
        try {
            return loader.get();
        } catch (RuntimeException | Error ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private CompletableFuture<?> refreshed(
            Object key, Supplier<CompletableFuture<@Nullable Object>> loader, StartedLoad<Object> refresh) {
        return call(loader).thenAccept(value -> {
            Object stored = values.toStored(value);
            writes.blocking(() -> values.store(key, refresh, stored));
        });
    }

    private @Nullable Object written(
            Object key, PendingWrite load, StartedLoad<Object> started, @Nullable Object value) {
        Object stored = values.toStored(value);
        load.begin();
        writes.run(key, load, () -> values.store(key, started, stored));
        return value;
    }

    private void loaded(Object key, PendingWrite load, @Nullable Object value, @Nullable Throwable failure) {
        if (!load.hasBegun()) {
            writes.end(key, load);
        }
        if (failure == null) {
            load.value().complete(value);
        } else {
            load.value()
                    .completeExceptionally(
                            failure instanceof CompletionException && failure.getCause() != null
                                    ? failure.getCause()
                                    : failure);
        }
    }

    /** What the cache makes of keys and values. */
    interface Values {

        CacheKey<Object> key(Object key);

        /** @throws IllegalArgumentException for a null that is not allowed */
        Object toStored(@Nullable Object value);

        @Nullable
        Object fromStored(Object stored);

        void store(Object key, StartedLoad<Object> load, Object stored);
    }
}
