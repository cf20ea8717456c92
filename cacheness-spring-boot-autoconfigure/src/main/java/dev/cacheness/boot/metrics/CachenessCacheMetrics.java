package dev.cacheness.boot.metrics;

import dev.cacheness.CacheStats;
import dev.cacheness.boot.cache.CachenessCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/** The meters that every cache of Spring has, what its hits save, and how many failures its callers were spared. */
final class CachenessCacheMetrics extends CacheMeterBinder<CachenessCache> {

    private final RecentStats<CacheStats> stats;

    private final CachenessCache cache;

    CachenessCacheMetrics(CachenessCache cache, Iterable<Tag> tags) {
        super(cache, cache.getName(), tags);
        this.cache = cache;
        this.stats = new RecentStats<>(cache::stats);
    }

    @Override
    protected @Nullable Long size() {
        return stats.gauge(CacheStats::entries);
    }

    @Override
    protected long hitCount() {
        return stats.counter(CacheStats::hits);
    }

    @Override
    protected Long missCount() {
        return stats.counter(CacheStats::missCount);
    }

    @Override
    protected Long evictionCount() {
        return stats.counter(CacheStats::evictions);
    }

    @Override
    protected long putCount() {
        return stats.counter(CacheStats::puts);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        SavingMeters.bind("cacheness.cache", stats, getTagsWithCacheName(), registry);
        FunctionCounter.builder("cacheness.cache.failures", cache, CachenessCache::toleratedFailures)
                .tags(getTagsWithCacheName())
                .description("Reads and writes that failed without the caller being told")
                .register(registry);
    }
}
