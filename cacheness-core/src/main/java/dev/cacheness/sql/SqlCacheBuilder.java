package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells a {@link SqlCache} where its rows are and how it is to behave. Spans of the range column are a {@link Duration} or {@link Period} for time, a
 * {@code Long} for ids. Not safe for use by several threads.
 *
 * @param <T> the type of a row
 */
public final class SqlCacheBuilder<T> {

    TableDefinition<T> table;

    String name;

    @Nullable
    StoreChoice store;

    boolean prefersSqlite;

    @Nullable
    SqlCacheAdapter<T> adapter;

    @Nullable
    GapDetector<T> detector;

    InstantSource clock = InstantSource.system();

    @Nullable
    ExecutorService executor;

    Duration ttl = Duration.ofHours(24);

    @Nullable
    TemporalAmount hotWindow;

    @Nullable
    Duration hotTtl;

    @Nullable
    Duration emptyTtl;

    Duration staleIfError = Duration.ZERO;

    Duration staleWhileRevalidate = Duration.ZERO;

    boolean openEnded;

    Duration tailTtl = Duration.ZERO;

    boolean futureData;

    @Nullable
    Step step;

    ZoneId zone = ZoneOffset.UTC;

    @Nullable
    Object mergeGapsWithin;

    @Nullable
    Object fetchMargin;

    @Nullable
    Object maxFetchSpan;

    @Nullable
    Object maxQuerySpan;

    @Nullable
    Step alignTo;

    int maxGaps = 16;

    int maxFetches = 256;

    int partitionsPerFetch = 1;

    int maxRowsPerFetch;

    int fetchParallelism = 4;

    Duration fetchTimeout = Duration.ofSeconds(60);

    int maxPages = 1_000;

    int retries;

    Duration retryDelay = Duration.ofMillis(200);

    OnError onError = OnError.FAIL;

    Duration errorTtl = Duration.ZERO;

    OnDetectorError onDetectorError = OnDetectorError.FALLBACK;

    WriteMode writeMode = WriteMode.REPLACE_RANGE;

    OutOfRangeRows outOfRangeRows = OutOfRangeRows.DROP;

    DuplicateRows duplicateRows = DuplicateRows.LAST;

    InvalidRows invalidRows = InvalidRows.FAIL;

    OnSchemaChange onSchemaChange = OnSchemaChange.ADD_COLUMNS;

    @Nullable
    Duration retention;

    @Nullable
    RangeCalendar calendar;

    boolean allowUnbound;

    @Nullable
    Boolean crossProcess;

    Duration lease = Duration.ofSeconds(30);

    SqlCacheObserver observer = NoObserver.INSTANCE;

    long maxRows;

    SqlCacheBuilder(TableDefinition<T> table) {
        this.table = table;
        this.name = table.name();
    }

    /** The cache's name in the ledger and in messages; the table's name if it is not set. */
    public SqlCacheBuilder<T> name(String name) {
        this.name = name;
        return this;
    }

    /** Keeps the table in an SQLite file, which is made if it is not there. Needs a local disk. */
    public SqlCacheBuilder<T> sqlite(Path file) {
        this.store = StoreChoice.sqlite(file);
        return this;
    }

    /** Keeps the table in a DuckDB file, which is made if it is not there. No other process may have it open. Needs {@code org.duckdb:duckdb_jdbc}. */
    public SqlCacheBuilder<T> duckDb(Path file) {
        this.store = StoreChoice.duckDb(file);
        return this;
    }

    /** Keeps the table in a PostgreSQL database. The data source stays the caller's. Needs {@code org.postgresql:postgresql}. */
    public SqlCacheBuilder<T> postgresql(DataSource dataSource) {
        this.store = StoreChoice.postgresql(dataSource);
        return this;
    }

    /**
     * Keeps the table where a URL says: {@code sqlite:file}, {@code duckdb:file}, {@code postgresql://host/database}, {@code memory:}, each also with
     * {@code jdbc:} in front. A path alone is a DuckDB file.
     */
    public SqlCacheBuilder<T> url(String url) {
        this.store = StoreChoice.url(url);
        return this;
    }

    /** Keeps the table until the cache is closed, in SQLite or DuckDB, whichever the kind of cache prefers. */
    public SqlCacheBuilder<T> inMemory() {
        this.store = null;
        return this;
    }

    SqlCacheBuilder<T> preferSqlite() {
        this.prefersSqlite = true;
        return this;
    }

    SqlCacheBuilder<T> preferDuckDb() {
        this.prefersSqlite = false;
        return this;
    }

    /** The source. */
    public SqlCacheBuilder<T> fetcher(DataFetcher<T> fetcher) {
        this.adapter = fetcher::fetch;
        return this;
    }

    /** The source, with its own way to read parameters. If it names a table, that is taken. */
    public SqlCacheBuilder<T> adapter(SqlCacheAdapter<T> adapter) {
        this.adapter = adapter;
        TableDefinition<T> own = adapter.tableDefinition();
        if (own != null) {
            if (name.equals(table.name())) {
                this.name = own.name();
            }
            this.table = own;
        }
        return this;
    }

    /** Parameters that change the rows but are no columns, such as {@code adjusted}. Every query names their values. */
    public SqlCacheBuilder<T> variants(String... names) {
        this.table = table.withVariants(List.of(names));
        return this;
    }

    /** How long settled answers are fresh; zero for ever. 24 hours. */
    public SqlCacheBuilder<T> ttl(Duration ttl) {
        this.ttl = ttl;
        return this;
    }

    /** How young data still change, and how long such data are fresh. One increment and 5 minutes, but no longer than the time to live. */
    public SqlCacheBuilder<T> hotWindow(TemporalAmount window, Duration hotTtl) {
        this.hotWindow = window;
        this.hotTtl = hotTtl;
        return this;
    }

    /** How long it is remembered that there is nothing, if that is shorter than the time to live. */
    public SqlCacheBuilder<T> emptyTtl(Duration emptyTtl) {
        this.emptyTtl = emptyTtl;
        return this;
    }

    /** How long after they expired rows may stand in for a failing source, with {@link OnError#STALE}. Not at all. */
    public SqlCacheBuilder<T> staleIfError(Duration staleIfError) {
        this.staleIfError = staleIfError;
        return this;
    }

    /**
     * How long after they expired rows are still answered with at once, while they are fetched anew in the background. The status is then
     * {@link SqlCacheResult.Status#STALE}. What was never asked for is waited for as always. Not at all.
     */
    public SqlCacheBuilder<T> staleWhileRevalidate(Duration staleWhileRevalidate) {
        this.staleWhileRevalidate = staleWhileRevalidate;
        return this;
    }

    /** Whether ids keep growing: what lies behind the greatest one that was seen is fresh for {@code tailTtl} only. No. */
    public SqlCacheBuilder<T> openEnded(Duration tailTtl) {
        this.openEnded = true;
        this.tailTtl = tailTtl;
        return this;
    }

    /** Whether the source knows the future, so that it is asked for. No. */
    public SqlCacheBuilder<T> futureData(boolean futureData) {
        this.futureData = futureData;
        return this;
    }

    /** The distance of rows in time; requests are aligned to it. Days for a column of days, otherwise unknown. */
    public SqlCacheBuilder<T> timeIncrement(Duration increment) {
        this.step = Step.of(increment);
        return this;
    }

    /** As {@link #timeIncrement(Duration)}, in days or months of the calendar. */
    public SqlCacheBuilder<T> timeIncrement(Period increment) {
        this.step = Step.of(increment);
        return this;
    }

    /** As {@link #timeIncrement(Duration)}, in seconds. */
    public SqlCacheBuilder<T> timeIncrement(long seconds) {
        return timeIncrement(Duration.ofSeconds(seconds));
    }

    /** As {@link #timeIncrement(Duration)}, in words: see {@link TimeIncrement#parse(String)}. */
    public SqlCacheBuilder<T> timeIncrement(String increment) {
        return timeIncrement(TimeIncrement.parse(increment));
    }

    /** The difference of ids; requests are aligned to multiples of it. Unknown. */
    public SqlCacheBuilder<T> orderedIncrement(long increment) {
        this.step = Step.ofIds(increment);
        return this;
    }

    /** On which days the source can have rows, to spare calls. Every day. Needs a range column of time. */
    public SqlCacheBuilder<T> calendar(RangeCalendar calendar) {
        this.calendar = calendar;
        return this;
    }

    /**
     * Whether a query may leave partition columns out, and so asks for all their values at once. The source then finds no value of these columns in
     * the request. What it answers counts for every single value, too. No; and not together with {@link #maxRows(long)}.
     */
    public SqlCacheBuilder<T> allowUnbound(boolean allowUnbound) {
        this.allowUnbound = allowUnbound;
        return this;
    }

    /**
     * Whether processes that share the database tell each other what they are fetching, so that each part is fetched by one of them. It costs a
     * transaction before and after each fetch. Yes on PostgreSQL, no on SQLite, without meaning on DuckDB, whose files have one process.
     */
    public SqlCacheBuilder<T> crossProcess(boolean crossProcess) {
        this.crossProcess = crossProcess;
        return this;
    }

    /** How long a process that died keeps the others from fetching what it was fetching. */
    SqlCacheBuilder<T> lease(Duration lease) {
        this.lease = lease;
        return this;
    }

    /** Is told about queries and calls to the source. Nobody. */
    public SqlCacheBuilder<T> observer(SqlCacheObserver observer) {
        this.observer = observer;
        return this;
    }

    /** Where days and months begin. UTC. */
    public SqlCacheBuilder<T> zone(ZoneId zone) {
        this.zone = zone;
        return this;
    }

    /** Gaps that are no further apart become one call, if that saves one. Three increments. */
    public SqlCacheBuilder<T> mergeGapsWithin(Object span) {
        this.mergeGapsWithin = span;
        return this;
    }

    /** How much is fetched around a gap. Nothing. */
    public SqlCacheBuilder<T> fetchMargin(Object span) {
        this.fetchMargin = span;
        return this;
    }

    /** The most that one call asks for. No limit. */
    public SqlCacheBuilder<T> maxFetchSpan(Object span) {
        this.maxFetchSpan = span;
        return this;
    }

    /** The most that one query may ask for. No limit. */
    public SqlCacheBuilder<T> maxQuerySpan(Object span) {
        this.maxQuerySpan = span;
        return this;
    }

    /** What the bounds of calls are moved outward to. Nothing. */
    public SqlCacheBuilder<T> alignTo(Step step) {
        this.alignTo = step;
        return this;
    }

    /** More gaps than this in one partition are merged, nearest first. 16. */
    public SqlCacheBuilder<T> maxGaps(int maxGaps) {
        this.maxGaps = maxGaps;
        return this;
    }

    /** The most calls for one partition of a query; a query that needs more fails before the first. 256. */
    public SqlCacheBuilder<T> maxFetches(int maxFetches) {
        this.maxFetches = maxFetches;
        return this;
    }

    /** How many partitions the source can be asked for at once. 1. */
    public SqlCacheBuilder<T> partitionsPerFetch(int partitions) {
        this.partitionsPerFetch = partitions;
        return this;
    }

    /** The size of the source's pages, if it cuts off answers without saying so: an answer of this size counts up to its last value only. Unknown. */
    public SqlCacheBuilder<T> maxRowsPerFetch(int rows) {
        this.maxRowsPerFetch = rows;
        return this;
    }

    /** How many calls run at a time, over all queries. 4. */
    public SqlCacheBuilder<T> fetchParallelism(int calls) {
        this.fetchParallelism = calls;
        return this;
    }

    /** How long a query waits for one answer of the source. The call is then interrupted. 60 seconds. */
    public SqlCacheBuilder<T> fetchTimeout(Duration timeout) {
        this.fetchTimeout = timeout;
        return this;
    }

    /** The most pages of one call. 1,000. */
    public SqlCacheBuilder<T> maxPages(int pages) {
        this.maxPages = pages;
        return this;
    }

    /** How often a failed call is tried again, and how long after. Never. */
    public SqlCacheBuilder<T> retries(int times, Duration delay) {
        this.retries = times;
        this.retryDelay = delay;
        return this;
    }

    /** What a query gets if the source fails. {@link OnError#FAIL}. */
    public SqlCacheBuilder<T> onError(OnError onError) {
        this.onError = onError;
        return this;
    }

    /** How long a failed range is not asked for again; queries fail at once. Not at all. */
    public SqlCacheBuilder<T> errorTtl(Duration errorTtl) {
        this.errorTtl = errorTtl;
        return this;
    }

    /** Decides what to fetch instead of the ledger. */
    public SqlCacheBuilder<T> gapDetector(GapDetector<T> detector) {
        this.detector = detector;
        return this;
    }

    public SqlCacheBuilder<T> onDetectorError(OnDetectorError onDetectorError) {
        this.onDetectorError = onDetectorError;
        return this;
    }

    public SqlCacheBuilder<T> writeMode(WriteMode writeMode) {
        this.writeMode = writeMode;
        return this;
    }

    public SqlCacheBuilder<T> outOfRangeRows(OutOfRangeRows outOfRangeRows) {
        this.outOfRangeRows = outOfRangeRows;
        return this;
    }

    public SqlCacheBuilder<T> duplicateRows(DuplicateRows duplicateRows) {
        this.duplicateRows = duplicateRows;
        return this;
    }

    public SqlCacheBuilder<T> invalidRows(InvalidRows invalidRows) {
        this.invalidRows = invalidRows;
        return this;
    }

    public SqlCacheBuilder<T> onSchemaChange(OnSchemaChange onSchemaChange) {
        this.onSchemaChange = onSchemaChange;
        return this;
    }

    /** How far back rows are kept. What is older is fetched for every query that asks for it, and not stored. For ever. */
    public SqlCacheBuilder<T> retention(Duration retention) {
        this.retention = retention;
        return this;
    }

    /** The most rows; partitions that were not read for the longest time are removed for it. No limit. */
    public SqlCacheBuilder<T> maxRows(long rows) {
        this.maxRows = rows;
        return this;
    }

    /** Where the time comes from. The system. */
    public SqlCacheBuilder<T> clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Runs the calls to the source. It must take as many as are given to it, and stays the caller's. Daemon threads of the cache's own. */
    public SqlCacheBuilder<T> executor(ExecutorService executor) {
        this.executor = executor;
        return this;
    }

    /**
     * Opens the database and makes the table, if it is not there.
     *
     * @throws dev.cacheness.CacheConfigurationException if a setting makes no sense, or a driver is missing
     * @throws SqlCacheSchemaException if the table was made for other columns
     * @throws SqlCacheException if the database cannot be opened
     */
    public SqlCache<T> build() {
        return new Opening<>(this).open();
    }
}
