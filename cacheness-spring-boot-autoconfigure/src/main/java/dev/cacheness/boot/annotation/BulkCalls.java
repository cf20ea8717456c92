package dev.cacheness.boot.annotation;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import dev.cacheness.StartedLoad;
import dev.cacheness.boot.transaction.CacheTransactions;
import dev.cacheness.spi.NullValue;
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

    BulkCalls(Cacheness cacheness, CacheTransactions transactions, CallFailures failures) {
        this.cacheness = cacheness;
        this.transactions = transactions;
        this.failures = failures;
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
            return inOrder(wanted, Map.of(), invocation.call(wanted));
        }
        Map<Object, @Nullable Object> found = new LinkedHashMap<>();
        Map<Object, StartedLoad<Object>> loads = new LinkedHashMap<>();
        Set<Object> missing = new LinkedHashSet<>();
        for (Object element : wanted) {
            try {
                CacheKey<Object> key = keys.apply(element);
                Object stored = cacheness.get(key).orElse(null);
                if (stored != null) {
                    found.put(element, stored == NullValue.INSTANCE ? null : stored);
                    continue;
                }
                missing.add(element);
                loads.put(element, cacheness.startLoad(key));
            } catch (CacheException ex) {
                tolerate(cacheName, "the method was called", ex, ignoreErrors);
                missing.add(element);
            }
        }
        if (missing.isEmpty()) {
            return found;
        }
        Map<?, ?> loaded = invocation.call(missing);
        for (Map.Entry<Object, StartedLoad<Object>> load : loads.entrySet()) {
            if (loaded.containsKey(load.getKey())) {
                Object value = loaded.get(load.getKey());
                try {
                    load.getValue().store(value == null ? NullValue.INSTANCE : value, options);
                } catch (CacheException ex) {
                    tolerate(cacheName, "the result was not stored", ex, ignoreErrors);
                }
            }
        }
        undoneByRollback(cacheName, loads.keySet(), keys);
        return inOrder(wanted, found, loaded);
    }

    private void undoneByRollback(String cacheName, Set<Object> elements, Function<Object, CacheKey<Object>> keys) {
        if (!transactions.isActive()) {
            return;
        }
        transactions.onRollback(() -> {
            try {
                cacheness.invalidateAll(elements.stream().map(keys).toList());
            } catch (RuntimeException ex) {
                failures.record(cacheName, "results of a transaction that was rolled back were not removed", ex);
            }
        });
    }

    private void tolerate(String cacheName, String consequence, CacheException failure, boolean ignoreErrors) {
        if (!ignoreErrors) {
            throw failure;
        }
        failures.record(cacheName, consequence, failure);
    }

    private static Map<Object, @Nullable Object> inOrder(
            Set<Object> wanted, Map<Object, ? extends @Nullable Object> found, Map<?, ?> loaded) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        for (Object element : wanted) {
            if (found.containsKey(element)) {
                all.put(element, found.get(element));
            } else if (loaded.containsKey(element)) {
                all.put(element, loaded.get(element));
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
