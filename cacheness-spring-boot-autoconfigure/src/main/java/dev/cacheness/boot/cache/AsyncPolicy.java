package dev.cacheness.boot.cache;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.Cacheness;
import dev.cacheness.StartedLoad;
import dev.cacheness.engine.LoadAdvice;
import dev.cacheness.spi.NullValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does for loads whose result comes later what the policy of their cache says: hands out stale values, replaces them in the background, and limits how long
 * callers wait. No thread waits. Thread-safe.
 */
public final class AsyncPolicy {

    private final Cacheness cacheness;

    private final Executor executor;

    private final @Nullable LoadAdvice advice;

    private final Set<CacheKey<Object>> refreshing = ConcurrentHashMap.newKeySet();

    /** @param executor begins loads in the background */
    public AsyncPolicy(Cacheness cacheness, Executor executor) {
        this.cacheness = cacheness;
        this.executor = executor;
        this.advice = cacheness.unwrap(LoadAdvice.class).orElse(null);
    }

    /**
     * The value of a key as it is stored, null if there is none.
     *
     * @param refresh replaces a value for which that is due
     */
    public @Nullable Object find(CacheKey<Object> key, Refresh refresh) {
        if (advice == null || !advice.refreshes(key.keyNamespace())) {
            return cacheness.get(key).orElse(null);
        }
        CacheEntry<Object> entry = cacheness.getEntry(key).orElse(null);
        if (entry == null) {
            return null;
        }
        if (advice.isRefreshDue(key, entry.metadata()) && refreshing.add(key)) {
            begin(key, refresh);
        }
        return entry.value();
    }

    private void begin(CacheKey<Object> key, Refresh refresh) {
        try {
            executor.execute(() -> {
                CompletableFuture<?> done;
                long start = System.nanoTime();
                try {
                    done = refresh.run(cacheness.startLoad(key));
                } catch (RuntimeException ex) {
                    done = CompletableFuture.failedFuture(ex);
                }
                done.whenComplete((ignored, failure) -> {
                    refreshing.remove(key);
                    if (failure != null) {
                        failed(key, start, failure);
                    }
                });
            });
        } catch (RejectedExecutionException ex) {
            // The next one who asks tries again.
            refreshing.remove(key);
        }
    }

    /**
     * What the load gives, a stale value in its place, or a failure.
     *
     * @param load gives the result; is run unless the policy says that it is no use to try now
     */
    public CompletableFuture<@Nullable Object> load(
            CacheKey<Object> key, Supplier<CompletableFuture<@Nullable Object>> load) {
        if (advice == null || !advice.controlsLoads(key.keyNamespace())) {
            return load.get();
        }
        Optional<CacheEntry<Object>> instead;
        try {
            instead = advice.insteadOfLoad(key);
        } catch (CacheLoadRefusedException ex) {
            return CompletableFuture.failedFuture(ex);
        }
        if (instead.isPresent()) {
            return CompletableFuture.completedFuture(resultOf(instead.get().value()));
        }
        long start = System.nanoTime();
        return load.get().exceptionallyCompose(failure -> {
            Object stale = failed(key, start, failure);
            return stale != null
                    ? CompletableFuture.completedFuture(resultOf(stale))
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private @Nullable Object failed(CacheKey<Object> key, long start, Throwable failure) {
        if (advice == null) {
            return null;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return advice.afterFailure(key, Duration.ofNanos(System.nanoTime() - start), cause)
                .map(CacheEntry::value)
                .orElse(null);
    }

    /**
     * Limits how long one caller waits for a load, which goes on all the same.
     *
     * @param answer one that only this caller has
     */
    public CompletableFuture<@Nullable Object> limited(
            CacheKey<Object> key, CompletableFuture<@Nullable Object> answer) {
        LoadAdvice advising = advice;
        if (advising == null || answer.isDone() || !advising.controlsLoads(key.keyNamespace())) {
            return answer;
        }
        Duration soft = advising.softTimeout(key.keyNamespace());
        if (soft != null) {
            after(
                    soft,
                    answer,
                    () -> advising.standIn(key).ifPresent(entry -> answer.complete(resultOf(entry.value()))));
        }
        Duration hard = advising.hardTimeout(key.keyNamespace());
        if (hard != null) {
            after(hard, answer, () -> answer.completeExceptionally(advising.timedOut(key)));
        }
        return answer;
    }

    private void after(Duration time, CompletableFuture<?> answer, Runnable action) {
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, executor)
                .execute(() -> {
                    if (!answer.isDone()) {
                        action.run();
                    }
                });
    }

    private static @Nullable Object resultOf(Object stored) {
        return stored == NullValue.INSTANCE ? null : stored;
    }

    /** Loads a value anew and stores it. */
    @FunctionalInterface
    public interface Refresh {

        /** @return completed when the load has ended, with its failure if it failed */
        CompletableFuture<?> run(StartedLoad<Object> load);
    }
}
