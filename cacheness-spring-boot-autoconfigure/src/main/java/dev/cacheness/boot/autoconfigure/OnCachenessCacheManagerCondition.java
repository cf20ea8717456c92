package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.cache.CachenessCacheManager;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/** A manager of ours is there, be it the application's own choice or the one beside it, which is found by its name only. */
final class OnCachenessCacheManagerCondition extends AnyNestedCondition {

    OnCachenessCacheManagerCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(CachenessCacheManager.class)
    static class Primary {}

    @ConditionalOnBean(name = "cachenessCacheManager")
    static class Secondary {}
}
