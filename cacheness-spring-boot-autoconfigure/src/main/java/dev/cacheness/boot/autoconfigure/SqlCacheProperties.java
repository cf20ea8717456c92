package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.DuplicateRows;
import dev.cacheness.sql.InvalidRows;
import dev.cacheness.sql.OnDetectorError;
import dev.cacheness.sql.OnError;
import dev.cacheness.sql.OnSchemaChange;
import dev.cacheness.sql.OutOfRangeRows;
import dev.cacheness.sql.WriteMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of SQL caches. Values that make no sense are refused when the cache is built, and what is not set is left to the builder.
 *
 * @param caches Settings of single SQL caches, by the name of the bean that is their source.
 */
@ConfigurationProperties("cacheness.sql")
public record SqlCacheProperties(@DefaultValue Map<String, Settings> caches) {

    /** What nothing was said about. */
    private static final Settings UNSET = new Settings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null);

    /** The settings of a cache; capitals, dashes and underscores in its name make no difference. */
    Settings of(String cache) {
        return caches.entrySet().stream()
                .filter(entry -> sameName(entry.getKey(), cache))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UNSET);
    }

    static boolean sameName(String one, String other) {
        return uniform(one).equals(uniform(other));
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** The kind of file below the directory of the cache. */
    public enum Store {

        /** DuckDB if it is on the class path and the table has a range column, otherwise SQLite. */
        AUTO,

        /** An SQLite file, which several processes may use. */
        SQLITE,

        /** A DuckDB file, which one process may use. */
        DUCKDB,

        /** No file: the table is gone when the application ends. */
        MEMORY
    }

    /**
     * Settings of one SQL cache. Spans are durations or periods for time, such as 3d, 12h or P1M, and whole numbers for ids.
     *
     * @param store Kind of the file below the directory of the cache, unless there is an url or a data source.
     * @param url Where the table is instead: sqlite:file, duckdb:file, postgresql://host/database or memory:.
     * @param dataSource Name of a bean of type DataSource for PostgreSQL.
     * @param ttl How long settled answers are fresh; zero for ever.
     * @param hotWindow How young data still change.
     * @param hotTtl How long data in the hot window are fresh. Needs a hot window.
     * @param emptyTtl How long it is remembered that there is nothing.
     * @param staleIfError How long after they expired rows may stand in for a failing source, with on-error=stale.
     * @param staleWhileRevalidate How long after they expired rows are answered with at once, while they are fetched anew.
     * @param openEnded Whether ids keep growing, so that what lies behind the greatest one is fresh for the tail time only.
     * @param tailTtl How long the tail of growing ids is fresh.
     * @param futureData Whether the source knows the future and is asked for it.
     * @param askHolesAgainAfter Times after which the source is asked again for rows that it should have, by the increment, and has not.
     * @param timeIncrement Distance of rows in time, such as 5min or 1day; requests are aligned to it.
     * @param orderedIncrement Difference of ids, perhaps a fraction; requests are aligned to multiples of it.
     * @param zone Where days and months begin.
     * @param mergeGapsWithin Gaps no further apart than this span become one call.
     * @param fetchMargin Span that is fetched around a gap.
     * @param maxFetchSpan Span that one call asks for at most.
     * @param maxQuerySpan Span that one query may ask for at most.
     * @param alignTo Step that the bounds of calls are moved outward to, such as 1day or 1000.
     * @param maxGaps More gaps than this in one partition are merged, nearest first.
     * @param maxFetches Calls for one partition of a query at most; a query that needs more fails before the first.
     * @param partitionsPerFetch How many partitions the source can be asked for at once.
     * @param maxRowsPerFetch Size of the source's pages, if it cuts off answers without saying so.
     * @param fetchParallelism How many calls run at a time.
     * @param fetchTimeout How long a query waits for one answer of the source.
     * @param maxPages Pages of one call at most.
     * @param retries How often a failed call is tried again.
     * @param retryDelay How long after a failure a call is tried again.
     * @param offline Whether the source is never asked.
     * @param onError What a query gets if the source fails: an exception, expired rows, or what is there.
     * @param errorTtl How long a failed range is not asked for again.
     * @param onDetectorError What happens if a gap detector fails.
     * @param writeMode Whether an answer replaces the rows of its range or is merged into them.
     * @param outOfRangeRows What happens to rows that were not asked for.
     * @param duplicateRows Which one of several rows with the same key is kept.
     * @param invalidRows What happens to rows that do not fit the table.
     * @param onSchemaChange What happens if the table was made for other columns.
     * @param retention How far back rows are kept.
     * @param allowUnbound Whether queries may leave partition columns out. Not together with max-rows.
     * @param crossProcess Whether processes that share the database fetch each range once; by default on PostgreSQL.
     * @param maxRows Rows at most; partitions not read for the longest time make room.
     */
    public record Settings(
            @Nullable Store store,
            @Nullable String url,
            @Nullable String dataSource,
            @Nullable Duration ttl,
            @Nullable String hotWindow,
            @Nullable Duration hotTtl,
            @Nullable Duration emptyTtl,
            @Nullable Duration staleIfError,
            @Nullable Duration staleWhileRevalidate,
            @Nullable Boolean openEnded,
            @Nullable Duration tailTtl,
            @Nullable Boolean futureData,
            @Nullable List<Duration> askHolesAgainAfter,
            @Nullable String timeIncrement,
            @Nullable BigDecimal orderedIncrement,
            @Nullable ZoneId zone,
            @Nullable String mergeGapsWithin,
            @Nullable String fetchMargin,
            @Nullable String maxFetchSpan,
            @Nullable String maxQuerySpan,
            @Nullable String alignTo,
            @Nullable Integer maxGaps,
            @Nullable Integer maxFetches,
            @Nullable Integer partitionsPerFetch,
            @Nullable Integer maxRowsPerFetch,
            @Nullable Integer fetchParallelism,
            @Nullable Duration fetchTimeout,
            @Nullable Integer maxPages,
            @Nullable Integer retries,
            @Nullable Duration retryDelay,
            @Nullable Boolean offline,
            @Nullable OnError onError,
            @Nullable Duration errorTtl,
            @Nullable OnDetectorError onDetectorError,
            @Nullable WriteMode writeMode,
            @Nullable OutOfRangeRows outOfRangeRows,
            @Nullable DuplicateRows duplicateRows,
            @Nullable InvalidRows invalidRows,
            @Nullable OnSchemaChange onSchemaChange,
            @Nullable Duration retention,
            @Nullable Boolean allowUnbound,
            @Nullable Boolean crossProcess,
            @Nullable Long maxRows) {

        /** Leaves out the URL, which may have a password in it. */
        @Override
        public String toString() {
            return "Settings[ttl=" + ttl + "]";
        }
    }
}
