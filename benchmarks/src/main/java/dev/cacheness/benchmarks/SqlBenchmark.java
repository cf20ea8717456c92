package dev.cacheness.benchmarks;

import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An SQL cache of 100 sensors with 10,000 readings each. {@code -Dpostgresql.url=jdbc:postgresql://…} names a database for the third engine, which must
 * not have a table {@code reading}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SqlBenchmark {

    private static final int SENSORS = 100;

    private static final int READINGS = 10_000;

    private static final int FEW = 30;

    /** The database. */
    @Param({"sqlite", "duckdb"})
    public String engine;

    private final ScratchDirectory directory = new ScratchDirectory();

    private final AtomicInteger next = new AtomicInteger();

    private SqlCache<Reading> cache;

    private @Nullable Connection bare;

    private @Nullable PreparedStatement select;

    /** A row. */
    public record Reading(
            @PartitionKey long sensor, @RangeKey long id, double a, double b, double c) {}

    /** Fetches everything, which also tells how long storing takes. */
    @Setup
    public void fill() throws SQLException {
        Path file = directory.path().resolve("readings." + engine);
        boolean isPostgresql = engine.equals("postgresql");
        cache = SqlCache.builder(Reading.class)
                .url(isPostgresql ? System.getProperty("postgresql.url") : engine + ":" + file)
                .ttl(Duration.ZERO)
                .fetcher(request -> LongStream.range(request.fromId(), request.toId())
                        .mapToObj(id -> new Reading(request.value("sensor", Long.class), id, id, id / 2.0, 1)))
                .build();
        long start = System.nanoTime();
        for (long sensor = 0; sensor < SENSORS; sensor++) {
            cache.query().eq("sensor", sensor).range(0, READINGS).ensure();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        org.slf4j.LoggerFactory.getLogger(SqlBenchmark.class)
                .info("{}: {} rows stored per second", engine, Math.round(SENSORS * READINGS / seconds));
        // DuckDB's file can be opened twice in a process only with the same settings, so it has no bare connection.
        if (!engine.equals("duckdb")) {
            Connection connection = DriverManager.getConnection(
                    isPostgresql ? System.getProperty("postgresql.url") : "jdbc:sqlite:" + file);
            connection.setAutoCommit(false);
            PreparedStatement statement = connection.prepareStatement(
                    "select sensor, id, a, b, c from reading where sensor = ? and id >= ? and id < ? order by sensor, id");
            statement.setFetchSize(READINGS);
            bare = connection;
            select = statement;
        }
    }

    private long sensor() {
        return Math.floorMod(next.getAndIncrement() * 7, SENSORS);
    }

    /** A hit of 30 rows. */
    @Benchmark
    public List<Reading> hitFew() {
        long sensor = sensor();
        long from = sensor * 90;
        return cache.query().eq("sensor", sensor).range(from, from + FEW).list();
    }

    /** A hit of 10,000 rows. */
    @Benchmark
    public List<Reading> hitMany() {
        return cache.query().eq("sensor", sensor()).range(0, READINGS).list();
    }

    /** The same rows by hand-written code; nothing on DuckDB. */
    @Benchmark
    public List<Reading> bareMany() throws SQLException {
        return bare == null || select == null ? List.of() : rows(bare, select, 0, READINGS);
    }

    private List<Reading> rows(Connection connection, PreparedStatement select, long from, long to)
            throws SQLException {
        select.setLong(1, sensor());
        select.setLong(2, from);
        select.setLong(3, to);
        List<Reading> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Reading(
                        row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4), row.getDouble(5)));
            }
        }
        connection.rollback();
        return rows;
    }

    /** A plan over all partitions. */
    @Benchmark
    public boolean plan100Partitions() {
        return cache.query()
                .in("sensor", LongStream.range(0, SENSORS).boxed().toList())
                .range(0, READINGS)
                .explain()
                .isHit();
    }

    /** An aggregate over all rows, in the database. */
    @Benchmark
    public Object aggregateAll() {
        return cache.query()
                .in("sensor", LongStream.range(0, SENSORS).boxed().toList())
                .range(0, READINGS)
                .ensure()
                .sql("select sensor, avg(b) as mean from {rows} group by sensor")
                .maps();
    }

    /** A fetch of 1,000 rows that are there already. */
    @Benchmark
    public Object refreshThousand() {
        return cache.query()
                .eq("sensor", sensor())
                .range(1_000, 2_000)
                .refresh()
                .status();
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() throws SQLException {
        cache.clear();
        cache.close();
        if (bare != null) {
            bare.close();
        }
        directory.close();
    }
}
