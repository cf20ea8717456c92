package dev.cacheness.sql;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a cache, and what happened since this process opened it.
 *
 * @param tableName the table
 * @param primaryKeys the columns of its key
 * @param totalRecords rows in the table
 * @param expiredRecords rows whose coverage has expired, and which wait for clean-up
 * @param latestCachedAt when the youngest fetch began, null if there was none
 * @param partitions partitions in the ledger
 * @param intervals covered intervals in the ledger
 * @param provisionalIntervals those of them that may still change
 * @param hits queries answered from the table alone
 * @param partials queries of which a part was fetched
 * @param misses queries of which all was fetched
 * @param stale queries answered with expired rows because the source failed
 * @param incomplete queries answered in part because the source failed
 * @param failures queries that failed
 * @param calls calls to the source, failed ones included
 * @param callFailures calls to the source that failed
 * @param rowsFetched rows that the source returned
 * @param rowsDropped rows that were left out because they were not asked for or did not fit
 * @param duplicateRows rows that were left out because another had the same key
 * @param detectorFailures failures of the gap detector that were tolerated
 */
public record SqlCacheStats(
        String tableName,
        List<String> primaryKeys,
        long totalRecords,
        long expiredRecords,
        @Nullable Instant latestCachedAt,
        long partitions,
        long intervals,
        long provisionalIntervals,
        long hits,
        long partials,
        long misses,
        long stale,
        long incomplete,
        long failures,
        long calls,
        long callFailures,
        long rowsFetched,
        long rowsDropped,
        long duplicateRows,
        long detectorFailures) {}
