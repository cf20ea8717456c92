package dev.cacheness.boot.autoconfigure;

import dev.cacheness.engine.CachenessBuilder;

/**
 * A bean of this type has the last word on how the cache of the application is built, after all properties and all other beans. Several are called in
 * their order, see {@link org.springframework.core.annotation.Order}.
 */
@FunctionalInterface
public interface CachenessCustomizer {

    /** Changes what is to be changed. */
    void customize(CachenessBuilder builder);
}
