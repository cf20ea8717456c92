package dev.cacheness.boot.cache;

import dev.cacheness.engine.CachePolicies;
import dev.cacheness.engine.CachePolicy;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.core.MethodClassKey;

/**
 * Lets cached methods be synchronized, as with {@code sync = true}, where the policy of their cache can only be kept that way: whoever serves a stale value has to
 * know how to load another one, and Spring tells that only then. All other methods stay as they are. Thread-safe.
 */
final class PolicyOperations implements CacheOperationSource {

    private static final Logger log = LoggerFactory.getLogger(PolicyOperations.class);

    private static final List<CacheOperation> NONE = List.of();

    private final CacheOperationSource source;

    private final Function<CacheableOperation, Optional<CachePolicies>> policies;

    private final Map<MethodClassKey, Collection<CacheOperation>> known = new ConcurrentHashMap<>();

    /** @param policies of the cache that the operation uses; empty if it is none of ours, or it cannot be known */
    PolicyOperations(CacheOperationSource source, Function<CacheableOperation, Optional<CachePolicies>> policies) {
        this.source = source;
        this.policies = policies;
    }

    @Override
    public boolean isCandidateClass(Class<?> targetClass) {
        return source.isCandidateClass(targetClass);
    }

    @Override
    public boolean hasCacheOperations(Method method, @Nullable Class<?> targetClass) {
        return source.hasCacheOperations(method, targetClass);
    }

    @Override
    public @Nullable Collection<CacheOperation> getCacheOperations(Method method, @Nullable Class<?> targetClass) {
        MethodClassKey key = new MethodClassKey(method, targetClass);
        Collection<CacheOperation> present = known.get(key);
        if (present == null) {
            Collection<CacheOperation> found = source.getCacheOperations(method, targetClass);
            present = found == null ? NONE : adapted(found, method);
            known.put(key, present);
        }
        return present.isEmpty() ? null : present;
    }

    private Collection<CacheOperation> adapted(Collection<CacheOperation> operations, Method method) {
        for (CacheOperation operation : operations) {
            if (operation instanceof CacheableOperation cacheable && !cacheable.isSync() && needsLoader(cacheable)) {
                if (operations.size() == 1 && canBeSync(cacheable)) {
                    return List.of(synchronous(cacheable));
                }
                log.warn(
                        "{} gets no stale values and has no limits, whatever the policy of {} says: that needs a single @Cacheable with one cache and"
                                + " without 'unless'. Use @Cached there, or leave the policy out.",
                        method,
                        cacheable.getCacheNames());
            }
        }
        return operations;
    }

    private boolean needsLoader(CacheableOperation operation) {
        return policies.apply(operation)
                .filter(known -> operation.getCacheNames().stream().anyMatch(name -> needsLoader(known.policy(name))))
                .isPresent();
    }

    private static boolean needsLoader(CachePolicy policy) {
        return policy.softTtl() != null
                || policy.refreshAhead() != null
                || policy.earlyRefresh() != null
                || policy.staleIfError() != null
                || policy.softTimeout() != null
                || policy.hardTimeout() != null
                || (policy.breakerFailures() != null && policy.breakerFailures() > 0);
    }

    /** Spring refuses the rest. */
    private static boolean canBeSync(CacheableOperation operation) {
        String unless = operation.getUnless();
        return operation.getCacheNames().size() == 1 && (unless == null || unless.isEmpty());
    }

    private static CacheableOperation synchronous(CacheableOperation operation) {
        var builder = new CacheableOperation.Builder();
        builder.setName(operation.getName());
        builder.setCacheNames(operation.getCacheNames().toArray(String[]::new));
        builder.setKey(operation.getKey());
        builder.setKeyGenerator(operation.getKeyGenerator());
        builder.setCacheManager(operation.getCacheManager());
        builder.setCacheResolver(operation.getCacheResolver());
        builder.setCondition(operation.getCondition());
        builder.setSync(true);
        return builder.build();
    }
}
