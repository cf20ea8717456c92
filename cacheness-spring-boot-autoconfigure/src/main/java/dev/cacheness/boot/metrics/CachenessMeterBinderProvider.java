package dev.cacheness.boot.metrics;

import dev.cacheness.boot.cache.CachenessCache;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;

/** Binds the meters of one of Spring's caches. A named class, for Spring Boot reads the kind of cache from its declaration. */
public final class CachenessMeterBinderProvider implements CacheMeterBinderProvider<CachenessCache> {

    @Override
    public MeterBinder getMeterBinder(CachenessCache cache, Iterable<Tag> tags) {
        return new CachenessCacheMetrics(cache, tags);
    }
}
