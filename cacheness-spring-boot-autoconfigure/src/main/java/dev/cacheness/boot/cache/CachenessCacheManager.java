package dev.cacheness.boot.cache;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachePolicies;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Spring's caches, kept in one {@link Cacheness}. A cache comes into being when it is first asked for, unless the names are fixed. How long entries
 * live, and how much they may take, is said where the {@code Cacheness} is built.
 *
 * <p>Settings are to be made before the first cache is asked for. Thread-safe after that.
 */
public final class CachenessCacheManager implements CacheManager {

    private final Cacheness cacheness;

    private final Executor executor;

    private final Map<String, NamedCache> caches = new ConcurrentHashMap<>();

    private final List<Consumer<CachenessCache>> listeners = new CopyOnWriteArrayList<>();

    private Predicate<String> nullValues = cacheName -> true;

    private UnaryOperator<Cache> decorator = UnaryOperator.identity();

    private volatile boolean dynamic = true;

    /** @param executor does the work of threads that must not block */
    public CachenessCacheManager(Cacheness cacheness, Executor executor) {
        this.cacheness = cacheness;
        this.executor = executor;
    }

    /** Says by the name of a cache whether it keeps nulls; all do by default. */
    public void setNullValues(Predicate<String> nullValues) {
        this.nullValues = nullValues;
    }

    /** Wraps every cache in another one. */
    public void setDecorator(UnaryOperator<Cache> decorator) {
        this.decorator = decorator;
    }

    /** Makes these caches, and from now on no others. */
    public void setCacheNames(Collection<String> names) {
        createCaches(names);
        dynamic = false;
    }

    /** Makes these caches now. */
    public void createCaches(Collection<String> names) {
        names.forEach(this::cache);
    }

    /** Tells the listener of all caches, those that there are and those to come. It may be told twice of one that is made at the same time. */
    public void addListener(Consumer<CachenessCache> listener) {
        listeners.add(listener);
        caches.values().forEach(named -> listener.accept(named.cache()));
    }

    /** The cache of that name, made if need be; null if the names are fixed and this is none of them. */
    @Override
    public @Nullable Cache getCache(String name) {
        NamedCache named = caches.get(name);
        if (named == null) {
            return dynamic ? cache(name) : null;
        }
        return named.decorated();
    }

    @Override
    public Collection<String> getCacheNames() {
        return Set.copyOf(caches.keySet());
    }

    private Cache cache(String name) {
        CachenessCache cache = new CachenessCache(name, cacheness, nullValues.test(name), executor);
        NamedCache made = new NamedCache(cache, decorator.apply(cache));
        NamedCache present = caches.putIfAbsent(name, made);
        if (present != null) {
            return present.decorated();
        }
        listeners.forEach(listener -> listener.accept(cache));
        return made.decorated();
    }

    /** The policies of all caches, if the store tells them. */
    Optional<CachePolicies> policies() {
        return cacheness.unwrap(CachePolicies.class);
    }

    private record NamedCache(CachenessCache cache, Cache decorated) {}
}
