package dev.cacheness.boot.annotation;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import dev.cacheness.boot.transaction.CacheTransactions;
import dev.cacheness.engine.KnownKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls for many elements at once, each of which has an entry of its own. Thread-safe. */
final class BulkCalls {

    private final Cacheness cacheness;

    private final CacheTransactions transactions;

    private final CallFailures failures;

    private final KnownKeys knownKeys;

    BulkCalls(Cacheness cacheness, CacheTransactions transactions, CallFailures failures, KnownKeys knownKeys) {
        this.cacheness = cacheness;
        this.transactions = transactions;
        this.failures = failures;
        this.knownKeys = knownKeys;
    }

    /** The values of the elements, in their order, as far as there are any. */
    Map<Object, @Nullable Object> call(
            String cacheName,
            Collection<?> elements,
            Function<Object, CacheKey<Object>> keys,
            Invocation invocation,
            boolean ignoreErrors,
            PutOption... options)
            throws Throwable {
        Set<Object> wanted = new LinkedHashSet<>(elements);
        if (wanted.isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (transactions.hides(cacheName)) {
            return inOrder(wanted, invocation.call(wanted));
        }
        BulkLoad load = new BulkLoad(invocation);
        for (Object element : wanted) {
            try {
                load.add(element, knownKeys.digested(keys.apply(element)));
            } catch (CacheException ex) {
                tolerate(cacheName, ex, ignoreErrors);
                load.addWithoutKey(element);
            }
        }
        try {
            Map<CacheKey<Object>, Object> values = cacheness.getAllOrCompute(load.keys(), load::loadAll, options);
            undoneByRollback(cacheName, load.loadedKeys());
            return inOrder(wanted, load.results(values));
        } catch (CacheException | IllegalStateException ex) {
            // The latter if the method asks for what it is being called for.
            if (load.threw(ex) || PlainCalls.isLimit(ex) || load.isDone()) {
                throw ex;
            }
            tolerate(cacheName, ex, ignoreErrors);
            return inOrder(wanted, invocation.call(wanted));
        }
    }

    private void undoneByRollback(String cacheName, Collection<CacheKey<Object>> keys) {
        if (keys.isEmpty() || !transactions.isActive()) {
            return;
        }
        transactions.onRollback(() -> {
            try {
                cacheness.invalidateAll(keys);
            } catch (RuntimeException ex) {
                failures.record(cacheName, "results of a transaction that was rolled back were not removed", ex);
            }
        });
    }

    private void tolerate(String cacheName, RuntimeException failure, boolean ignoreErrors) {
        if (!ignoreErrors) {
            throw failure;
        }
        failures.record(cacheName, "the method was called", failure);
    }

    private static Map<Object, @Nullable Object> inOrder(
            Set<Object> wanted, Map<?, ? extends @Nullable Object> results) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        for (Object element : wanted) {
            if (results.containsKey(element)) {
                all.put(element, results.get(element));
            }
        }
        return all;
    }

    /** What is called for the elements that have no cached value. */
    @FunctionalInterface
    interface Invocation {

        Map<?, ?> call(Set<Object> missing) throws Throwable;
    }
}
