package dev.cacheness.boot.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one transaction is going to change in one cache. For one thread at a time. */
final class CacheChanges implements TransactionSynchronization, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ReadYourWritesCache.class);

    private static final Change EVICTED = new Change(null);

    private final Object resourceKey;

    private final Cache cache;

    private final Map<Object, Change> changes = new LinkedHashMap<>();

    private boolean cleared;

    private boolean made;

    private CacheChanges(Object resourceKey, Cache cache) {
        this.resourceKey = resourceKey;
        this.cache = cache;
    }

    /** Those of the present transaction; null if it has made none. */
    static @Nullable CacheChanges present(Object resourceKey) {
        CacheChanges changes = (CacheChanges) TransactionSynchronizationManager.getResource(resourceKey);
        return changes == null || changes.made ? null : changes;
    }

    /** Whether the transaction has been committed and its changes are made, so that others need not wait. */
    static boolean areMade(Object resourceKey) {
        CacheChanges changes = (CacheChanges) TransactionSynchronizationManager.getResource(resourceKey);
        return changes != null && changes.made;
    }

    static CacheChanges of(Object resourceKey, Cache cache) {
        CacheChanges present = (CacheChanges) TransactionSynchronizationManager.getResource(resourceKey);
        if (present != null) {
            return present;
        }
        CacheChanges changes = new CacheChanges(resourceKey, cache);
        TransactionSynchronizationManager.registerSynchronization(changes);
        TransactionSynchronizationManager.bindResource(resourceKey, changes);
        return changes;
    }

    /** What becomes of a key; null if it stays as it is. */
    @Nullable
    Change of(Object key) {
        Change change = changes.get(key);
        return change == null && cleared ? EVICTED : change;
    }

    void put(Object key, @Nullable Object value) {
        changes.put(key, new Change(new SimpleValueWrapper(value)));
    }

    void evict(Object key) {
        changes.put(key, EVICTED);
    }

    void clear() {
        changes.clear();
        cleared = true;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(resourceKey);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(resourceKey, this);
    }

    @Override
    public void afterCommit() {
        make();
    }

    /**
     * Changes that were made by what others do after the commit have not been seen by {@link #afterCommit}. If nobody knows what became of the transaction,
     * the cache knows no more than that.
     */
    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(resourceKey);
        if (status == STATUS_COMMITTED && !made) {
            make();
        } else if (status == STATUS_UNKNOWN) {
            changes.replaceAll((key, change) -> EVICTED);
            make();
        }
    }

    private void make() {
        made = true;
        if (cleared) {
            tolerant(cache::clear);
        }
        changes.forEach((key, change) -> tolerant(() -> {
            if (change.value() == null) {
                cache.evict(key);
            } else {
                cache.put(key, change.value().get());
            }
        }));
    }

    /** After a commit it is too late to tell the caller, and the other work of the transaction must go on. */
    private void tolerant(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException ex) {
            log.warn("Cache '{}': a change of a transaction that has ended could not be made", cache.getName(), ex);
        }
    }

    /**
     * What becomes of a key.
     *
     * @param value null if it is evicted
     */
    record Change(Cache.@Nullable ValueWrapper value) {}
}
