package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.cache.CachenessCacheManager;
import dev.cacheness.boot.metrics.CachenessMeterBinder;
import dev.cacheness.boot.metrics.CachenessMeterBinderProvider;
import dev.cacheness.boot.metrics.SqlCacheMeterBinder;
import dev.cacheness.sql.SqlCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Meters for the cache and for every cache of Spring's that it keeps, those made at run time included. */
@AutoConfiguration(
        after = {
            CachenessAutoConfiguration.class,
            CachenessCacheManagerAutoConfiguration.class,
            CachenessSqlAutoConfiguration.class
        },
        beforeName = "org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration",
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnCacheness
public final class CachenessMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CachenessMeterBinder cachenessMeterBinder(Cacheness cacheness) {
        return new CachenessMeterBinder(cacheness);
    }

    @Bean
    @ConditionalOnMissingBean
    SqlCacheMeterBinder cachenessSqlMeterBinder(ObjectProvider<SqlCache<?>> caches) {
        return new SqlCacheMeterBinder(caches.orderedStream().toList());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CacheMeterBinderProvider.class)
    @Conditional(OnCachenessCacheManagerCondition.class)
    static class SpringCacheConfiguration {

        private static final String SECONDARY_BEAN_NAME = "cachenessCacheManager";

        @Bean
        @ConditionalOnMissingBean
        CachenessMeterBinderProvider cachenessMeterBinderProvider() {
            return new CachenessMeterBinderProvider();
        }

        /** Spring Boot binds the caches that are there at the start; here are the others. */
        @Bean
        SmartInitializingSingleton cachenessCacheMetricsInitializer(
                ListableBeanFactory beanFactory,
                ObjectProvider<CacheMetricsRegistrar> registrar,
                ObjectProvider<MeterRegistry> registry) {
            return () -> registrar.ifAvailable(metrics -> {
                Map<String, CachenessCacheManager> managers = beanFactory.getBeansOfType(CachenessCacheManager.class);
                managers.forEach((name, manager) -> manager.addListener(cache -> {
                    Tags tags = Tags.of("cache.manager", managerTag(name));
                    if (!isBound(registry.getIfAvailable(), tags.and("cache", cache.getName()))) {
                        metrics.bindCacheToRegistry(cache, tags.stream().toArray(Tag[]::new));
                    }
                }));
            });
        }

        private static boolean isBound(@Nullable MeterRegistry registry, Tags tags) {
            return registry != null && registry.find("cache.gets").tags(tags).meter() != null;
        }

        /** As Spring Boot names it, so that a cache has one set of meters whoever bound it. */
        private static String managerTag(String beanName) {
            return beanName.equals(SECONDARY_BEAN_NAME) ? "cacheness" : beanName;
        }
    }
}
