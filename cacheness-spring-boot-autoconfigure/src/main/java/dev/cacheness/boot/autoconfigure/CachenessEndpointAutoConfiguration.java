package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.actuate.CachenessEndpoint;
import dev.cacheness.boot.actuate.CachenessEndpointWebExtension;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint, where it is exposed. */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnCacheness
public final class CachenessEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    CachenessEndpoint cachenessEndpoint(Cacheness cacheness) {
        return new CachenessEndpoint(cacheness);
    }

    @Bean
    @ConditionalOnBean(CachenessEndpoint.class)
    @ConditionalOnMissingBean
    CachenessEndpointWebExtension cachenessEndpointWebExtension(CachenessEndpoint endpoint) {
        return new CachenessEndpointWebExtension(endpoint);
    }
}
