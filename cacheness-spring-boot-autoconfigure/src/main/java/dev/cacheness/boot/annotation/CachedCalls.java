package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.PutOption;
import dev.cacheness.boot.transaction.CacheTransactions;
import dev.cacheness.engine.CachePolicies;
import dev.cacheness.engine.KnownKeys;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Cached} and {@link CacheInvalidate} do, for calls that no annotation reaches: those that a class makes to itself, and those that are made of
 * lambdas.
 *
 * <p>Unlike {@link Cacheness} it stores null, calls through if the cache fails, and keeps to the transaction of the calling thread: what is invalidated in one is
 * removed when it commits, until then the transaction does not look at the cache of what it has invalidated, and what it has loaded is removed if it rolls back.
 *
 * <p>Thread-safe.
 */
public final class CachedCalls {

    private final CallFailures failures = new CallFailures();

    private final Cacheness cacheness;

    private final Removals removals;

    private final PlainCalls plain;

    private final AsyncCalls async;

    private final BulkCalls bulk;

    private final KnownKeys keys;

    /** @param executor does the work of threads that must not block */
    public CachedCalls(Cacheness cacheness, Executor executor) {
        this.cacheness = cacheness;
        CacheTransactions transactions = new CacheTransactions();
        this.removals = new Removals(cacheness, transactions, failures);
        this.plain = new PlainCalls(cacheness, transactions, removals, failures);
        this.async = new AsyncCalls(cacheness, executor, transactions, failures);
        this.keys = new KnownKeys(cacheness);
        this.bulk = new BulkCalls(cacheness, transactions, failures, keys);
    }

    /**
     * The cached result of a call, or else that of the call, which is then cached. Of many callers that miss the same key, one makes the call.
     *
     * @return null if the result is
     * @throws X what the call threw; nothing is stored then
     */
    @SuppressWarnings("unchecked")
    public <T, X extends Exception> @Nullable T call(
            CacheKey<T> key, CachedCall<? extends T, X> call, PutOption... options) throws X {
        try {
            return (T) plain.call(new CallKey(key), call::call, true, options);
        } catch (Throwable ex) {
            throw CachedCalls.<RuntimeException>unchecked(ex);
        }
    }

    /** As {@link #call}, for a result that comes later. A failure is not stored. No thread waits. */
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<@Nullable T> callAsync(
            CacheKey<T> key, Supplier<? extends CompletionStage<? extends @Nullable T>> call, PutOption... options) {
        return (CompletableFuture<@Nullable T>)
                async.call(new CallKey(key), () -> (CompletionStage<@Nullable Object>) call.get(), true, options);
    }

    /**
     * As {@link #call}, for many elements at once, each with an entry of its own. The call is made with the elements only that are not cached, and not at all
     * if there are none.
     *
     * @param keys the key of an element
     * @param call values by element; elements that are left out are not cached
     * @return the values by element, in the order of the elements, as far as there are any
     */
    @SuppressWarnings("unchecked")
    public <E, T> Map<E, @Nullable T> callEach(
            Collection<? extends E> elements,
            Function<? super E, ? extends CacheKey<T>> keys,
            Function<? super Set<E>, ? extends Map<E, ? extends @Nullable T>> call,
            PutOption... options) {
        if (elements.isEmpty()) {
            return Map.of();
        }
        String cacheName = keys.apply(elements.iterator().next()).keyNamespace();
        try {
            return (Map<E, @Nullable T>) bulk.call(
                    cacheName,
                    elements,
                    element -> new CallKey(keys.apply((E) element)),
                    missing -> call.apply((Set<E>) missing),
                    true,
                    options);
        } catch (Throwable ex) {
            throw CachedCalls.<RuntimeException>unchecked(ex);
        }
    }

    /** Removes the entry of a key. */
    public void invalidate(CacheKey<?> key) {
        removals.key(key, false);
    }

    /** Removes all entries of a cache. */
    public void invalidateNamespace(String namespace) {
        removals.namespace(namespace, false);
    }

    /** Removes all entries that answer the query. */
    public void invalidateWhere(EntryQuery query) {
        removals.query(query, false);
    }

    /** How often the cache failed without a caller being told. */
    public long toleratedFailures() {
        return failures.count();
    }

    /** The policies of all caches; empty if the cache does not tell. */
    Optional<CachePolicies> policies() {
        return cacheness.unwrap(CachePolicies.class);
    }

    Removals removals() {
        return removals;
    }

    PlainCalls plain() {
        return plain;
    }

    AsyncCalls async() {
        return async;
    }

    BulkCalls bulk() {
        return bulk;
    }

    KnownKeys keys() {
        return keys;
    }

    CallFailures failures() {
        return failures;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }
}
