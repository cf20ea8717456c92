package dev.cacheness.sql;

import dev.cacheness.CacheClosedException;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.store.PartitionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A table that fetches only what is missing. Queries are answered from a table in SQLite, DuckDB or PostgreSQL; for what the table lacks, a source is
 * asked. A ledger in the same database, changed in the same transaction as the rows, says which ranges were asked for and when, so holes, empty
 * answers and expired parts are known and not guessed.
 *
 * <p>Safe for use by several threads. Of queries that overlap, each part is fetched by one of them, and the others wait for it.
 *
 * @param <T> the type of a row
 */
public final class SqlCache<T> implements AutoCloseable {

    private static final int MAX_USED = 256;

    private final Context<T> context;

    private final Engine<T> engine;

    private final Maintenance maintenance;

    private final QueryBinder binder;

    private final Readings<T> readings;

    private final SqlCacheAdapter<T> adapter;

    private final ExecutorService executor;

    private final boolean ownsExecutor;

    private final Auditing<T> auditing;

    private final Map<PartitionId, Long> used = new HashMap<>();

    private volatile boolean closed;

    SqlCache(
            Context<T> context,
            Engine<T> engine,
            Maintenance maintenance,
            SqlCacheAdapter<T> adapter,
            ExecutorService executor,
            boolean ownsExecutor,
            Auditing<T> auditing) {
        this.context = context;
        this.engine = engine;
        this.maintenance = maintenance;
        this.binder = new QueryBinder(context);
        this.readings = new Readings<>(context);
        this.adapter = adapter;
        this.executor = executor;
        this.ownsExecutor = ownsExecutor;
        this.auditing = auditing;
    }

    /** A cache of records. */
    public static <R> SqlCacheBuilder<R> builder(Class<R> type) {
        return new SqlCacheBuilder<>(TableDefinition.of(type));
    }

    /** A cache of a table that is only known at run time, or whose record has no annotations. */
    public static <T> SqlCacheBuilder<T> builder(TableDefinition<T> table) {
        return new SqlCacheBuilder<>(table);
    }

    /** A cache in an SQLite file, of an adapter that knows its table. */
    public static <T> SqlCache<T> withSqlite(
            Path file, SqlCacheAdapter<T> adapter, Consumer<? super SqlCacheBuilder<T>> customizer) {
        return build(adapter, b -> b.sqlite(file), customizer);
    }

    /** A cache in a DuckDB file, of an adapter that knows its table. */
    public static <T> SqlCache<T> withDuckDb(
            Path file, SqlCacheAdapter<T> adapter, Consumer<? super SqlCacheBuilder<T>> customizer) {
        return build(adapter, b -> b.duckDb(file), customizer);
    }

    /** A cache in a PostgreSQL database, of an adapter that knows its table. The data source stays the caller's. */
    public static <T> SqlCache<T> withPostgresql(
            DataSource dataSource, SqlCacheAdapter<T> adapter, Consumer<? super SqlCacheBuilder<T>> customizer) {
        return build(adapter, b -> b.postgresql(dataSource), customizer);
    }

    private static <T> SqlCache<T> build(
            SqlCacheAdapter<T> adapter,
            Consumer<SqlCacheBuilder<T>> store,
            Consumer<? super SqlCacheBuilder<T>> customizer) {
        TableDefinition<T> table = adapter.tableDefinition();
        if (table == null) {
            throw new IllegalArgumentException(
                    "The adapter " + adapter.getClass().getName()
                            + " names no table. Return one from tableDefinition(), or use"
                            + " SqlCache.builder(TheRecord.class).");
        }
        SqlCacheBuilder<T> builder = new SqlCacheBuilder<>(table).adapter(adapter);
        store.accept(builder);
        customizer.accept(builder);
        return builder.build();
    }

    /** For looking up single rows by key: SQLite, 12 hours. */
    public static <R> SqlCacheBuilder<R> forLookupTable(Class<R> type) {
        return builder(type).preferSqlite().ttl(Duration.ofHours(12));
    }

    /** For evaluating many rows: DuckDB, 12 hours. */
    public static <R> SqlCacheBuilder<R> forAnalyticsTable(Class<R> type) {
        return builder(type).preferDuckDb().ttl(Duration.ofHours(12));
    }

    /** For the past of time series: DuckDB, 24 hours. */
    public static <R> SqlCacheBuilder<R> forTimeseries(Class<R> type) {
        return builder(type).preferDuckDb().ttl(Duration.ofHours(24));
    }

    /** For time series that are still growing: SQLite, 1 hour. */
    public static <R> SqlCacheBuilder<R> forRealtimeTimeseries(Class<R> type) {
        return builder(type).preferSqlite().ttl(Duration.ofHours(1));
    }

    /** The cache's name. */
    public String name() {
        return context.name;
    }

    /** The table. */
    public TableDefinition<T> table() {
        return context.definition;
    }

    /** {@code sqlite}, {@code duckdb} or {@code postgresql}. */
    public String engine() {
        return context.store.engine();
    }

    /** A query of everything, to be narrowed. */
    public SqlQuery<T> query() {
        return new SqlQuery<>(this, QuerySpec.ALL);
    }

    /**
     * The query of parameters by name: a value, a collection of values, or a map of operators ({@code start}, {@code end}, {@code gte}, {@code gt},
     * {@code lte}, {@code lt}, {@code eq}, {@code ne}, {@code in}, {@code not_in}), where {@code start} and {@code end} are inclusive.
     * {@code start_date} and {@code end_date} bound the range column, too.
     *
     * @throws IllegalArgumentException if a name is no column and no variant, or a value does not fit
     */
    public SqlQuery<T> query(Map<String, ?> params) {
        return new ParamParser<>(context).parse(query(), adapter.parseQueryParams(params));
    }

    /** The rows of {@link #query(Map)}. */
    public List<T> getData(Map<String, ?> params) {
        return query(params).list();
    }

    /** How many rows there are, and what happened so far. Reads the whole ledger. */
    public SqlCacheStats stats() {
        ensureOpen();
        return maintenance.stats();
    }

    /**
     * Asks the database something small.
     *
     * @throws SqlCacheException if it does not answer
     */
    public void ping() {
        ensureOpen();
        maintenance.ping();
    }

    /** Removes rows that have expired and may not even stand in for a failing source, and those beyond the retention. Returns how many. */
    public long cleanupExpired() {
        ensureOpen();
        return maintenance.cleanUp();
    }

    /** Removes all rows. Returns how many. */
    public long clear() {
        ensureOpen();
        return maintenance.clear();
    }

    /**
     * Brings together what lies scattered, and gives space back: worthwhile after many rows were replaced or removed, above all in DuckDB. Queries go on
     * meanwhile, fetches wait.
     *
     * @throws SqlCacheException if the database fails
     */
    public void compact() {
        ensureOpen();
        maintenance.compact();
    }

    /** Compares the ledger with the table. Reads all of both; asks nothing of the source, and changes nothing. */
    public SqlCacheReport verify() {
        ensureOpen();
        return new Verifying(context).verify();
    }

    /** The most frequent distance of rows in time, if at least half of at least three rows keep it. */
    public Optional<Step> detectGranularity(List<T> rows) {
        return Granularity.time(context, rows);
    }

    /** The most frequent difference of ids, if at least half of at least three rows keep it. */
    public Optional<Step> detectOrderedGranularity(List<T> rows) {
        return Granularity.ids(context, rows);
    }

    /** Ends what is being fetched, and closes the database. Does nothing if it is closed already. */
    @Override
    public void close() {
        synchronized (used) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (ownsExecutor) {
            executor.shutdownNow();
        }
        context.store.close();
    }

    Context<T> context() {
        return context;
    }

    Readings<T> readings() {
        return readings;
    }

    Maintenance maintenance() {
        ensureOpen();
        return maintenance;
    }

    SqlCacheAudit audit(QuerySpec spec, int calls) {
        ensureOpen();
        return auditing.audit(binder.bind(spec), calls);
    }

    FetchPlan explain(QuerySpec spec) {
        ensureOpen();
        return engine.explain(binder.bind(spec));
    }

    <R> Answer<R> get(QuerySpec spec, Engine.Mode mode, Reading<R> reading) {
        ensureOpen();
        BoundQuery query = binder.bind(spec);
        Answer<R> answer = observed(query, mode, reading);
        noteUse(query, !answer.fetched().isEmpty());
        return answer;
    }

    private <R> Answer<R> observed(BoundQuery query, Engine.Mode mode, Reading<R> reading) {
        SqlCacheObserver.Query observed = context.observer.query(context.name);
        Answer<R> answer = null;
        Throwable failure = null;
        try {
            answer = engine.get(query, mode, reading);
            return answer;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            observed.end(answer == null ? null : answer.status(), failure);
        }
    }

    EnsuredRows<T> ensure(QuerySpec spec) {
        ensureOpen();
        BoundQuery query = binder.bind(spec);
        Answer<Selection> answer = observed(query, Engine.Mode.NORMAL, (session, selection) -> selection);
        if (answer.value().pieces().size() != 1 || !answer.value().held().isEmpty()) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': part of the rows is not in the table, because the source or the"
                            + " retention does not let them be stored, or the source failed. SQL cannot run on them:"
                            + " use list() or stream().",
                    null);
        }
        noteUse(query, !answer.fetched().isEmpty());
        return new EnsuredRows<>(context, answer.value().pieces().get(0), answer);
    }

    /** Reads are noted in memory, and written down together with the next eviction. */
    private void noteUse(BoundQuery query, boolean hasFetched) {
        if (context.settings.keeping().maxRows() == 0) {
            return;
        }
        Map<PartitionId, Long> toWrite = Map.of();
        synchronized (used) {
            long now = context.nowMicros();
            query.ids().forEach(id -> used.put(id, now));
            if (hasFetched || used.size() > MAX_USED) {
                toWrite = new HashMap<>(used);
                used.clear();
            }
        }
        if (!toWrite.isEmpty()) {
            maintenance.settle(toWrite, new HashSet<>(query.ids()));
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new CacheClosedException();
        }
    }
}
