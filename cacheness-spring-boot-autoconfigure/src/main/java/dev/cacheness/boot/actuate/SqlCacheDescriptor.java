package dev.cacheness.boot.actuate;

import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheStats;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An SQL cache.
 *
 * @param engine {@code sqlite}, {@code duckdb} or {@code postgresql}
 * @param columns the columns of its table
 * @param stats its state, and what happened since it was opened
 */
public record SqlCacheDescriptor(String engine, List<String> columns, SqlCacheStats stats)
        implements OperationResponseBody {

    static SqlCacheDescriptor of(SqlCache<?> cache) {
        return new SqlCacheDescriptor(cache.engine(), cache.table().columnNames(), cache.stats());
    }
}
