package dev.cacheness.boot.metrics;

import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The meters of SQL caches, tagged by the name of the cache. Gauges have no value once it is closed. */
public final class SqlCacheMeterBinder implements MeterBinder {

    /** Meters refer to them weakly. */
    private final Map<String, RecentStats<SqlCacheStats>> stats = new TreeMap<>();

    public SqlCacheMeterBinder(Collection<? extends SqlCache<?>> caches) {
        caches.forEach(cache -> stats.put(cache.name(), new RecentStats<>(cache::stats)));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        stats.forEach((name, recent) -> new Meters(registry, Tags.of("cache", name), recent).bind());
    }

    private record Meters(MeterRegistry registry, Tags tags, RecentStats<SqlCacheStats> stats) {

        void bind() {
            request("hit", SqlCacheStats::hits);
            request("partial", SqlCacheStats::partials);
            request("miss", SqlCacheStats::misses);
            request("stale", SqlCacheStats::stale);
            request("incomplete", SqlCacheStats::incomplete);
            request("failure", SqlCacheStats::failures);
            counter("calls", "Calls to the source, failed ones included", tags, SqlCacheStats::calls);
            counter("call.failures", "Calls to the source that failed", tags, SqlCacheStats::callFailures);
            rows("fetched", SqlCacheStats::rowsFetched);
            rows("dropped", SqlCacheStats::rowsDropped);
            rows("duplicate", SqlCacheStats::duplicateRows);
            gauge("size", "Rows in the table", SqlCacheStats::totalRecords);
            gauge("partitions", "Partitions in the ledger", SqlCacheStats::partitions);
            gauge("intervals", "Covered intervals in the ledger", SqlCacheStats::intervals);
        }

        private void request(String result, ToLongFunction<SqlCacheStats> figure) {
            counter("requests", "Queries by how much was there already", tags.and("result", result), figure);
        }

        private void rows(String kind, ToLongFunction<SqlCacheStats> figure) {
            counter("rows", "Rows from the source", tags.and("kind", kind), figure);
        }

        private void counter(String name, String description, Tags tags, ToLongFunction<SqlCacheStats> figure) {
            FunctionCounter.builder("cacheness.sql." + name, stats, recent -> recent.counter(figure))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(String name, String description, ToLongFunction<SqlCacheStats> figure) {
            Gauge.builder("cacheness.sql." + name, stats, recent -> {
                        Long value = recent.gauge(figure::applyAsLong);
                        return value == null ? Double.NaN : value;
                    })
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
