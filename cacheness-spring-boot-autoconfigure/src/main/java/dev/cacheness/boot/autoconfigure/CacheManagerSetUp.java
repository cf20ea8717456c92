package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.cache.CachenessCacheManager;
import dev.cacheness.boot.cache.ReadYourWritesCache;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;
import org.springframework.util.ClassUtils;

/** Sets up the cache manager, the same whether it is the application's only one or one beside another. */
final class CacheManagerSetUp {

    private static final List<String> NEEDED_FOR_TRANSACTIONS = List.of(
            "org.springframework.cache.transaction.TransactionAwareCacheDecorator",
            "org.springframework.transaction.support.TransactionSynchronizationManager");

    private final CachenessProperties properties;

    private final Cacheness cacheness;

    private final ObjectProvider<Executor> executor;

    CacheManagerSetUp(CachenessProperties properties, Cacheness cacheness, ObjectProvider<Executor> executor) {
        this.properties = properties;
        this.cacheness = cacheness;
        this.executor = executor;
    }

    /** @param fixedNames the only caches that there are to be; empty if any may be asked for */
    CachenessCacheManager manager(List<String> fixedNames, Consumer<CachenessCacheManager> customizers) {
        CachenessCacheManager manager = new CachenessCacheManager(
                cacheness,
                task -> executor.getIfAvailable(ForkJoinPool::commonPool).execute(task));
        manager.setNullValues(this::allowsNullValues);
        if (properties.springCache().transactionAware()) {
            manager.setDecorator(transactionAware());
        }
        customizers.accept(manager);
        if (fixedNames.isEmpty()) {
            manager.createCaches(properties.caches().keySet().stream()
                    .filter(name -> !CachePolicyProperties.isPattern(name))
                    .toList());
        } else {
            manager.setCacheNames(fixedNames);
        }
        return manager;
    }

    private boolean allowsNullValues(String cacheName) {
        Boolean said = CachePolicyProperties.allowsNullValues(properties.caches(), cacheName);
        return said != null ? said : properties.springCache().allowNullValues();
    }

    private static UnaryOperator<Cache> transactionAware() {
        ClassLoader classLoader = CacheManagerSetUp.class.getClassLoader();
        if (!NEEDED_FOR_TRANSACTIONS.stream().allMatch(name -> ClassUtils.isPresent(name, classLoader))) {
            throw new CacheConfigurationException(
                    "cacheness.spring-cache.transaction-aware",
                    "true",
                    "The libraries for it are not on the class path.",
                    "Add org.springframework:spring-context-support and org.springframework:spring-tx, or set it to"
                            + " false.");
        }
        return TransactionAware.decorator();
    }

    /** Loaded only where the library is there. */
    private static final class TransactionAware {

        static UnaryOperator<Cache> decorator() {
            return ReadYourWritesCache::new;
        }
    }
}
