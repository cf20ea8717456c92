package dev.cacheness.boot.autoconfigure;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** One SQL cache for every bean of the application that is a source of rows. Without such a bean nothing is opened. */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@EnableConfigurationProperties({CachenessProperties.class, SqlCacheProperties.class})
public final class CachenessSqlAutoConfiguration {

    static final String CACHES = "cachenessSqlCaches";

    @Bean
    static SqlCacheRegistrar cachenessSqlCacheRegistrar() {
        return new SqlCacheRegistrar();
    }

    @Bean(CACHES)
    SqlCaches cachenessSqlCaches(
            SqlCacheProperties properties,
            CachenessProperties cachenessProperties,
            ConfigurableListableBeanFactory beanFactory,
            @CachenessClock ObjectProvider<InstantSource> clock) {
        return new SqlCaches(properties, new SqlCacheStores(cachenessProperties, beanFactory), beanFactory, clock);
    }
}
