package dev.cacheness.boot.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A cache whose changes wait for the commit of the transaction that makes them, and are dropped by its rollback. The transaction itself reads what it has
 * changed. Changes that are asked for at once, as {@code beforeInvocation} does, are made at once and again after the commit. Thread-safe.
 */
public final class ReadYourWritesCache extends TransactionAwareCacheDecorator {

    public ReadYourWritesCache(Cache cache) {
        super(cache);
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        CacheChanges.Change change = changeOf(key);
        return change != null ? change.value() : super.get(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        CacheChanges.Change change = changeOf(key);
        if (change == null) {
            return super.get(key, type);
        }
        Object value = change.value() == null ? null : change.value().get();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "The cached value is a " + value.getClass().getName() + ", not a " + type.getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        if (!isChanging()) {
            return super.get(key, valueLoader);
        }
        ValueWrapper present = get(key);
        if (present != null) {
            return (T) present.get();
        }
        T value;
        try {
            value = valueLoader.call();
        } catch (Exception ex) {
            throw new ValueRetrievalException(key, valueLoader, ex);
        }
        put(key, value);
        return value;
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        CacheChanges.Change change = changeOf(key);
        if (change == null) {
            return super.retrieve(key);
        }
        return change.value() == null ? null : CompletableFuture.completedFuture(change.value());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        CacheChanges.Change change = changeOf(key);
        if (change == null) {
            return super.retrieve(key, valueLoader);
        }
        return change.value() == null
                ? valueLoader.get()
                : (CompletableFuture<T>)
                        CompletableFuture.completedFuture(change.value().get());
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (isChanging()) {
            changes().put(key, value);
        } else {
            super.put(key, value);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        CacheChanges.Change change = changeOf(key);
        if (change == null) {
            return super.putIfAbsent(key, value);
        }
        if (change.value() == null) {
            put(key, value);
        }
        return change.value();
    }

    @Override
    public void evict(Object key) {
        if (isChanging()) {
            changes().evict(key);
        } else {
            super.evict(key);
        }
    }

    @Override
    public boolean evictIfPresent(Object key) {
        if (isChanging()) {
            changes().evict(key);
        }
        return super.evictIfPresent(key);
    }

    @Override
    public void clear() {
        if (isChanging()) {
            changes().clear();
        } else {
            super.clear();
        }
    }

    @Override
    public boolean invalidate() {
        if (isChanging()) {
            changes().clear();
        }
        return super.invalidate();
    }

    private boolean isChanging() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && !CacheChanges.areMade(this);
    }

    private CacheChanges.@Nullable Change changeOf(Object key) {
        CacheChanges changes = CacheChanges.present(this);
        return changes == null ? null : changes.of(key);
    }

    private CacheChanges changes() {
        return CacheChanges.of(this, getTargetCache());
    }
}
