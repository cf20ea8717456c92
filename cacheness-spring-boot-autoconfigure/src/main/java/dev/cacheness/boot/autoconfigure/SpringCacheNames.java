package dev.cacheness.boot.autoconfigure;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads {@code spring.cache.cache-names}, whose own properties class is not there while the cache manager is ours. */
final class SpringCacheNames {

    private SpringCacheNames() {}

    static List<String> of(Environment environment) {
        return Binder.get(environment)
                .bind("spring.cache.cache-names", Bindable.listOf(String.class))
                .orElse(List.of());
    }
}
