package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.actuate.CachenessEndpoint;
import dev.cacheness.boot.actuate.CachenessEndpointWebExtension;
import dev.cacheness.boot.actuate.SqlCachesEndpoint;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.sql.SqlCache;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoints, where they are exposed. */
@AutoConfiguration(after = {CachenessAutoConfiguration.class, CachenessSqlAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnCacheness
public final class CachenessEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    CachenessEndpoint cachenessEndpoint(Cacheness cacheness, ObjectProvider<HandlerRegistry> handlers) {
        return new CachenessEndpoint(cacheness, handlers.getIfAvailable(HandlerRegistry::new));
    }

    @Bean
    @ConditionalOnBean(CachenessEndpoint.class)
    @ConditionalOnMissingBean
    CachenessEndpointWebExtension cachenessEndpointWebExtension(CachenessEndpoint endpoint) {
        return new CachenessEndpointWebExtension(endpoint);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    SqlCachesEndpoint cachenessSqlCachesEndpoint(ObjectProvider<SqlCache<?>> caches) {
        return new SqlCachesEndpoint(caches.orderedStream().toList());
    }
}
