package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.cache.CachenessCacheManager;
import dev.cacheness.boot.cache.PolicyOperationsPostProcessor;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Spring's caches in Cacheness, under the conditions that Spring Boot has for its own choice, and before it makes that. The application's own cache
 * manager wins, and so does {@code spring.cache.type}.
 */
@AutoConfiguration(
        after = CachenessAutoConfiguration.class,
        beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
        afterName = "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration")
@ConditionalOnCacheness
public final class CachenessCacheManagerAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(CachenessCacheManagerAutoConfiguration.class);

    @Bean
    CacheManagerSetUp cachenessCacheManagerSetUp(
            CachenessProperties properties,
            Cacheness cacheness,
            @Qualifier("applicationTaskExecutor") ObjectProvider<Executor> executor) {
        return new CacheManagerSetUp(properties, cacheness, executor);
    }

    @Bean
    static PolicyOperationsPostProcessor cachenessPolicyOperationsPostProcessor() {
        return new PolicyOperationsPostProcessor();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CacheManagerCustomizers.class)
    static class CustomizersConfiguration {

        @Bean
        CacheManagerCallback cachenessCacheManagerCallback(ObjectProvider<CacheManagerCustomizer<?>> customizers) {
            return manager ->
                    new CacheManagerCustomizers(customizers.orderedStream().toList()).customize(manager);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "cacheness.spring-cache.mode", havingValue = "primary", matchIfMissing = true)
    @Conditional(OnNoCacheTypeCondition.class)
    @ConditionalOnBean(CacheAspectSupport.class)
    @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
    static class PrimaryConfiguration {

        @Bean
        CachenessCacheManager cacheManager(
                CacheManagerSetUp setUp, ObjectProvider<CacheManagerCallback> callback, Environment environment) {
            log.info(
                    "Spring's caches are kept by Cacheness. Set cacheness.spring-cache.mode=off, or spring.cache.type, "
                            + "to have another cache manager.");
            return setUp.manager(
                    SpringCacheNames.of(environment),
                    manager -> callback.ifAvailable(customizers -> customizers.customize(manager)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "cacheness.spring-cache.mode", havingValue = "secondary")
    static class SecondaryConfiguration {

        @Bean(defaultCandidate = false)
        @ConditionalOnMissingBean(CachenessCacheManager.class)
        CachenessCacheManager cachenessCacheManager(CacheManagerSetUp setUp) {
            return setUp.manager(List.of(), manager -> {});
        }
    }
}
