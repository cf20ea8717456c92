package dev.cacheness.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
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
public final class SqlCacheBuilder<T> extends RowSettings<SqlCacheBuilder<T>> {

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

    SqlCacheObserver observer = NoObserver.INSTANCE;

    SqlCacheBuilder(TableDefinition<T> table) {
        this.table = table;
        this.name = table.name();
    }

    @Override
    SqlCacheBuilder<T> self() {
        return this;
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
     * {@code jdbc:} in front. A path alone is a DuckDB file. DuckDB uses 512 MB beside the heap at most, and temporary files beyond that;
     * {@code duckdb:file?memory_limit=2GB} lets it use more.
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

    /** Is told about queries and calls to the source. Nobody. */
    public SqlCacheBuilder<T> observer(SqlCacheObserver observer) {
        this.observer = observer;
        return this;
    }

    /** Decides what to fetch instead of the ledger. */
    public SqlCacheBuilder<T> gapDetector(GapDetector<T> detector) {
        this.detector = detector;
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
