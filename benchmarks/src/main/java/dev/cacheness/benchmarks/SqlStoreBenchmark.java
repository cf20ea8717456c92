package dev.cacheness.benchmarks;

import dev.cacheness.sql.SqlCache;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long 1,000,000 rows take into an empty table: 100 sensors with 10,000 readings each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class SqlStoreBenchmark {

    private static final int SENSORS = 100;

    private static final int READINGS = 10_000;

    /** The database. */
    @Param({"sqlite", "duckdb", "postgresql"})
    public String engine;

    /** Sensors that are fetched by one call, and stored in one transaction. */
    @Param({"1", "100"})
    public int sensorsAtOnce;

    private @Nullable BenchmarkServer server;

    private @Nullable ScratchDirectory directory;

    private SqlCache<Reading> cache;

    private RowsByHand byHand;

    /** Starts PostgreSQL, if it is that. */
    @Setup
    public void start() {
        server = engine.equals("postgresql") ? new BenchmarkServer() : null;
    }

    /** Makes the tables. */
    @Setup(Level.Iteration)
    public void open() throws SQLException {
        directory = new ScratchDirectory();
        String url = server == null ? engine + ":" + directory.path().resolve("readings") : server.url();
        cache = SqlCache.builder(Reading.class)
                .url(url)
                .ttl(Duration.ZERO)
                .partitionsPerFetch(sensorsAtOnce)
                .fetcher(Reading::fetch)
                .build();
        byHand = new RowsByHand(engine, DriverManager.getConnection(server == null ? "jdbc:" + url + "-by-hand" : url));
    }

    /** By the cache: the rows are made, checked and stored, the ledger written. */
    @Benchmark
    public void store() {
        for (long sensor = 0; sensor < SENSORS; sensor += sensorsAtOnce) {
            cache.query()
                    .in(
                            "sensor",
                            LongStream.range(sensor, sensor + sensorsAtOnce)
                                    .boxed()
                                    .toList())
                    .range(0, READINGS)
                    .ensure();
        }
    }

    /** By hand. */
    @Benchmark
    public void byHand() throws SQLException {
        for (long sensor = 0; sensor < SENSORS; sensor += sensorsAtOnce) {
            byHand.store(sensor, sensorsAtOnce, READINGS);
        }
    }

    /** Drops the tables. */
    @TearDown(Level.Iteration)
    public void close() throws SQLException {
        byHand.close();
        cache.close();
        if (server != null) {
            server.dropSqlCache("reading");
        }
        if (directory != null) {
            directory.close();
        }
    }

    /** Stops PostgreSQL. */
    @TearDown
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
