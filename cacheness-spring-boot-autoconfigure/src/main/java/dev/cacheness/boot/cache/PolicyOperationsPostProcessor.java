package dev.cacheness.boot.cache;

import dev.cacheness.engine.CachePolicies;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.AbstractCacheResolver;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.StringUtils;

/**
 * Lets Spring's interceptor of cached methods see them as {@link PolicyOperations} does. Changes nothing else: which methods are intercepted, and by what, is
 * still up to Spring. What caches there are is looked at only when a cached method is called.
 */
public final class PolicyOperationsPostProcessor implements BeanPostProcessor, BeanFactoryAware, PriorityOrdered {

    private @Nullable BeanFactory beanFactory;

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof CacheAspectSupport aspect) {
            CacheOperationSource source = aspect.getCacheOperationSource();
            if (source != null && !(source instanceof PolicyOperations)) {
                aspect.setCacheOperationSource(new PolicyOperations(source, policiesOf(aspect)));
            }
        }
        return bean;
    }

    private Function<CacheableOperation, Optional<CachePolicies>> policiesOf(CacheAspectSupport aspect) {
        return operation -> managerOf(operation, aspect)
                .filter(CachenessCacheManager.class::isInstance)
                .map(CachenessCacheManager.class::cast)
                .flatMap(CachenessCacheManager::policies);
    }

    /** As the interceptor chooses it. What a resolver of the application's does, nobody knows. */
    private Optional<CacheManager> managerOf(CacheableOperation operation, CacheAspectSupport aspect) {
        if (StringUtils.hasText(operation.getCacheResolver())) {
            return Optional.empty();
        }
        if (StringUtils.hasText(operation.getCacheManager())) {
            return beanFactory == null
                    ? Optional.empty()
                    : Optional.of(beanFactory.getBean(operation.getCacheManager(), CacheManager.class));
        }
        return aspect.getCacheResolver() instanceof AbstractCacheResolver resolver
                ? Optional.of(resolver.getCacheManager())
                : Optional.empty();
    }
}
