package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.metrics.SqlCacheObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Observations of SQL caches, where the application observes anything. */
@AutoConfiguration(before = CachenessSqlAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
public final class CachenessSqlObservationAutoConfiguration {

    /** Before the application's own customizers, which have the last word. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SqlCacheCustomizer cachenessSqlObservations(ObjectProvider<ObservationRegistry> registry) {
        return (cache, builder) -> registry.ifAvailable(found -> {
            if (found != ObservationRegistry.NOOP) {
                builder.observer(new SqlCacheObservations(found));
            }
        });
    }
}
