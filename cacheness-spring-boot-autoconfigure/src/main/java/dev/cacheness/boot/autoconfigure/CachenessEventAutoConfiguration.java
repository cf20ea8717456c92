package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheEventListener;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** What happens in the cache, as events of the application. Only on request: listeners cost a thread, and hits are many. */
@AutoConfiguration(before = CachenessAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("cacheness.events.publish")
public final class CachenessEventAutoConfiguration {

    @Bean
    CacheEventListener cachenessApplicationEvents(ApplicationEventPublisher publisher) {
        return publisher::publishEvent;
    }
}
