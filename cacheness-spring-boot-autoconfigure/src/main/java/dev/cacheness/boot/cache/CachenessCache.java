package dev.cacheness.boot.cache;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.CacheStats;
import dev.cacheness.Cacheness;
import dev.cacheness.StartedLoad;
import dev.cacheness.engine.CachePolicies;
import dev.cacheness.engine.KnownKeys;
import dev.cacheness.spi.NullValue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * One of Spring's caches, kept in a namespace of a {@link Cacheness} that has its name.
 *
 * <p>Reading and putting never throw because of the store: an entry that cannot be read is a miss and a value that cannot be written is not kept;
 * each kind of failure is logged once and all are counted. Removing does throw, for what could not be removed would be read again. After the
 * {@code Cacheness} is closed the same holds: reads miss, puts are dropped, removals throw.
 *
 * <p>Threads that must not block (Reactor's) hand the work on: their puts are done by another thread, in order with removals of the key. Thread-safe.
 */
public final class CachenessCache extends AbstractValueAdaptingCache {

    private static final Logger log = LoggerFactory.getLogger(CachenessCache.class);

    private static final int PUT_IF_ABSENT_ATTEMPTS = 3;

    private final String name;

    private final Cacheness cacheness;

    private final ToleratedFailures failures;

    private final PendingWrites writes;

    private final LateLoads lateLoads;

    private final RecentMisses misses = new RecentMisses();

    private final KnownKeys keys;

    CachenessCache(String name, Cacheness cacheness, boolean allowNullValues, Executor executor) {
        super(allowNullValues);
        this.name = name;
        this.cacheness = cacheness;
        this.failures = new ToleratedFailures(name);
        this.keys = new KnownKeys(cacheness);
        this.writes = new PendingWrites(executor);
        this.lateLoads = new LateLoads(cacheness, new Values(), writes, failures, new AsyncPolicy(cacheness, executor));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Cacheness getNativeCache() {
        return cacheness;
    }

    /** What happened to the entries of this cache, and how many there are. */
    public CacheStats stats() {
        return cacheness.stats(name);
    }

    /** How many reads and puts failed without their callers being told. */
    public long toleratedFailures() {
        return failures.count();
    }

    private CacheKey<Object> cacheKey(Object key) {
        return SpringKeys.of(name, key, keys);
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        try {
            CacheKey<Object> cacheKey = cacheKey(key);
            Object found = cacheness.get(cacheKey).orElse(null);
            if (found == null) {
                misses.remember(key, cacheness.startLoad(cacheKey));
            }
            return found;
        } catch (RuntimeException ex) {
            failures.reading(ex);
            return null;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        Load load = new Load(key, valueLoader);
        try {
            return (T) fromStoreValue(cacheness.getOrCompute(cacheKey(key), ignored -> load.storeValue()));
        } catch (ValueRetrievalException | CacheLoadTimeoutException | CacheLoadRefusedException ex) {
            throw ex;
        } catch (RuntimeException ex) {
            if (load.done && throwsPutFailures()) {
                throw ex;
            }
            failures.reading(ex);
            return (T) load.value();
        }
    }

    /**
     * The value of a key, or null for a known miss. On a thread that may block the answer is there at once, and whatever follows runs on that same
     * thread; on another thread it comes from the executor, and a miss is an answer of null.
     */
    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        if (NonBlockingThreads.isCurrent()) {
            CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
            writes.execute(() -> answer.complete(retrieved(key)));
            return answer;
        }
        Object value = retrieved(key);
        return value == null ? null : CompletableFuture.completedFuture(value);
    }

    /** A cached null must not look like a miss, so values come wrapped where nulls are kept. */
    private @Nullable Object retrieved(Object key) {
        return isAllowNullValues() ? get(key) : lookup(key);
    }

    /** As {@link #get(Object, Callable)}; of all callers in this process that ask for a key that is being loaded, only the first runs its loader. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        return (CompletableFuture<T>)
                lateLoads.find(key, () -> (CompletableFuture<@Nullable Object>) valueLoader.get());
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        PendingWrite write = new PendingWrite();
        Object storeValue = toStoreValue(value);
        write.value().complete(value);
        writes.replace(key, write);
        StartedLoad<Object> load = misses.take(key);
        writes.run(key, write, () -> store(key, load, storeValue));
    }

    private void store(Object key, @Nullable StartedLoad<Object> load, Object storeValue) {
        try {
            if (load != null) {
                load.store(storeValue);
            } else {
                cacheness.put(cacheKey(key), storeValue);
            }
        } catch (RuntimeException ex) {
            failures.writing(storeValue, ex);
            if (load == null) {
                removeFormer(key);
            }
            if (throwsPutFailures()) {
                throw ex;
            }
        }
    }

    /** What a put was to replace must not be read any more; what cannot be removed now is by the cache itself, before it is read. */
    private void removeFormer(Object key) {
        try {
            cacheness.invalidate(cacheKey(key));
        } catch (RuntimeException ex) {
            log.debug("Cache '{}': a value whose successor could not be put was not removed", name, ex);
        }
    }

    private boolean throwsPutFailures() {
        return CachePolicies.throwPutFailures(cacheness, name);
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        Object storeValue = toStoreValue(value);
        try {
            CacheKey<Object> cacheKey = cacheKey(key);
            for (int attempt = 0; attempt < PUT_IF_ABSENT_ATTEMPTS; attempt++) {
                if (cacheness.putIfAbsent(cacheKey, storeValue)) {
                    return null;
                }
                Object present = cacheness.get(cacheKey).orElse(null);
                if (present != null) {
                    return toValueWrapper(present);
                }
            }
        } catch (RuntimeException ex) {
            failures.writing(storeValue, ex);
        }
        return null;
    }

    @Override
    public void evict(Object key) {
        evictIfPresent(key);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        writes.cancel(key);
        misses.forgetAll();
        return cacheness.invalidate(cacheKey(key));
    }

    @Override
    public void clear() {
        invalidate();
    }

    @Override
    public boolean invalidate() {
        writes.cancelAll();
        misses.forgetAll();
        return cacheness.invalidateNamespace(name) > 0;
    }

    @Override
    protected Object toStoreValue(@Nullable Object userValue) {
        return userValue == null && isAllowNullValues() ? NullValue.INSTANCE : super.toStoreValue(userValue);
    }

    @Override
    protected @Nullable Object fromStoreValue(@Nullable Object storeValue) {
        return storeValue == NullValue.INSTANCE ? null : storeValue;
    }

    /** What loads need to know of this cache. */
    private final class Values implements LateLoads.Values {

        @Override
        public CacheKey<Object> key(Object key) {
            return cacheKey(key);
        }

        @Override
        public Object toStored(@Nullable Object value) {
            return toStoreValue(value);
        }

        @Override
        public @Nullable Object fromStored(Object stored) {
            return fromStoreValue(stored);
        }

        @Override
        public void store(Object key, StartedLoad<Object> load, Object stored) {
            CachenessCache.this.store(key, load, stored);
        }
    }

    /** Runs a loader once at most and tells its failures from those of the store. */
    private final class Load {

        private final Object key;

        private final Callable<?> loader;

        private boolean done;

        private @Nullable Object loaded;

        Load(Object key, Callable<?> loader) {
            this.key = key;
            this.loader = loader;
        }

        Object storeValue() {
            try {
                loaded = loader.call();
                done = true;
                return toStoreValue(loaded);
            } catch (Exception ex) {
                throw new ValueRetrievalException(key, loader, ex);
            }
        }

        @Nullable
        Object value() {
            if (!done) {
                storeValue();
            }
            return loaded;
        }
    }
}
