package dev.cacheness.boot.actuate;

import dev.cacheness.sql.FetchPlan;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlQuery;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows SQL caches and what they know of their sources, never their rows, and removes ranges where
 * {@code management.endpoint.sqlcaches.access} is {@code unrestricted}. It can only be read by default. No source is asked.
 */
@Endpoint(id = "sqlcaches", defaultAccess = Access.READ_ONLY)
public final class SqlCachesEndpoint {

    private final Map<String, SqlCache<?>> caches = new TreeMap<>();

    public SqlCachesEndpoint(Collection<? extends SqlCache<?>> caches) {
        caches.forEach(cache -> this.caches.put(cache.name(), cache));
    }

    /** All caches. */
    @ReadOperation
    public SqlCachesDescriptor caches() {
        Map<String, SqlCacheDescriptor> described = new TreeMap<>();
        caches.forEach((name, cache) -> described.put(name, SqlCacheDescriptor.of(cache)));
        return new SqlCachesDescriptor(described);
    }

    /** One cache. @return null if there is none of the name */
    @ReadOperation
    public @Nullable SqlCacheDescriptor cache(@Selector String name) {
        SqlCache<?> cache = caches.get(name);
        return cache == null ? null : SqlCacheDescriptor.of(cache);
    }

    /**
     * What a cache knows of a range, or would do.
     *
     * @param name the cache
     * @param section {@code coverage} for what is covered, {@code explain} for what a query would ask of the source now
     * @param partition values of partition columns, such as {@code symbol=AAPL,interval=1d}; null for all, which explain does not take if there are any
     * @param from the first value of the range in ISO form, null for an open start
     * @param to the first value behind the range, null for an open end
     * @param limit how many covered ranges to show at most; null for 100
     * @return null if there is no such cache or section
     */
    @ReadOperation
    public @Nullable OperationResponseBody section(
            @Selector String name,
            @Selector String section,
            @Nullable String partition,
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer limit) {
        SqlCache<?> cache = caches.get(name);
        if (cache == null) {
            return null;
        }
        return switch (section) {
            case "coverage" -> SqlCoverage.of(ask(cache, partition, from, to, SqlQuery::coverage), limit);
            case "explain" -> plan(ask(cache, partition, from, to, SqlQuery::explain));
            default -> null;
        };
    }

    private static OperationResponseBody plan(FetchPlan plan) {
        return SqlPlan.of(plan);
    }

    /**
     * Removes rows, so that they are fetched again when they are asked for.
     *
     * @param name the cache
     * @param partition as for reading, null for all
     * @param from as for reading
     * @param to as for reading
     * @param all {@code true} for everything; otherwise a partition or a bound must be said, so that nothing is removed by a slip
     */
    @DeleteOperation
    public RemovedRows removeRows(
            @Selector String name,
            @Nullable String partition,
            @Nullable String from,
            @Nullable String to,
            @Nullable Boolean all) {
        SqlCache<?> cache = caches.get(name);
        if (cache == null) {
            throw invalid("There is no cache '" + name + "', only " + caches.keySet());
        }
        boolean isNarrowed = partition != null || from != null || to != null;
        if (isNarrowed == Boolean.TRUE.equals(all)) {
            throw invalid("Say either all=true, or a partition, a from or a to");
        }
        return new RemovedRows(ask(cache, partition, from, to, SqlQuery::invalidate));
    }

    private static <R> R ask(
            SqlCache<?> cache,
            @Nullable String partition,
            @Nullable String from,
            @Nullable String to,
            Function<SqlQuery<?>, R> question) {
        try {
            SqlQuery<?> query = SqlCacheRanges.where(cache.query(), partition);
            if (from != null) {
                query = query.from(from);
            }
            return question.apply(to == null ? query : query.until(to));
        } catch (IllegalArgumentException ex) {
            String reason = ex.getMessage() == null ? "Invalid request" : ex.getMessage();
            throw new InvalidEndpointRequestException(reason, reason, ex);
        }
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
