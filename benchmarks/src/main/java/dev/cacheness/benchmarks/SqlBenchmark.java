package dev.cacheness.benchmarks;

import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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

/** An SQL cache of 100 sensors with 10,000 readings each, and one of 500 sensors with one each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SqlBenchmark {

    private static final int SENSORS = 100;

    private static final int READINGS = 10_000;

    private static final int MANY_SENSORS = 500;

    private static final int FEW = 30;

    /** The database. */
    @Param({"sqlite", "duckdb", "postgresql"})
    public String engine;

    private final ScratchDirectory directory = new ScratchDirectory();

    private final AtomicInteger next = new AtomicInteger();

    private @Nullable BenchmarkServer server;

    private SqlCache<Reading> cache;

    private SqlCache<Latest> wide;

    private RowsByHand byHand;

    /** A row of the second cache. */
    public record Latest(
            @PartitionKey long sensor, @RangeKey long id, double a) {}

    /** Fetches everything, and stores the same rows by hand. */
    @Setup
    public void fill() throws SQLException {
        server = engine.equals("postgresql") ? new BenchmarkServer() : null;
        String url = server == null ? engine + ":" + directory.path().resolve("readings") : server.url();
        cache = SqlCache.builder(Reading.class)
                .url(url)
                .ttl(Duration.ZERO)
                .fetcher(Reading::fetch)
                .build();
        wide = SqlCache.builder(Latest.class)
                .url(url)
                .ttl(Duration.ZERO)
                .partitionsPerFetch(MANY_SENSORS)
                .fetcher(request -> request.values("sensor", Long.class).stream()
                        .map(sensor -> new Latest(sensor, request.fromId(), 1)))
                .build();
        byHand = new RowsByHand(engine, DriverManager.getConnection(server == null ? "jdbc:" + url + "-by-hand" : url));
        for (long sensor = 0; sensor < SENSORS; sensor++) {
            cache.query().eq("sensor", sensor).range(0, READINGS).ensure();
            byHand.store(sensor, 1, READINGS);
        }
        wide.query().in("sensor", sensors(MANY_SENSORS)).range(0, 1).ensure();
    }

    private static List<Long> sensors(int count) {
        return LongStream.range(0, count).boxed().toList();
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

    /** The same rows by hand. */
    @Benchmark
    public List<Reading> byHandFew() throws SQLException {
        long sensor = sensor();
        long from = sensor * 90;
        return byHand.read(sensor, from, from + FEW);
    }

    /** A hit of 10,000 rows. */
    @Benchmark
    public List<Reading> hitMany() {
        return cache.query().eq("sensor", sensor()).range(0, READINGS).list();
    }

    /** The same rows by hand. */
    @Benchmark
    public List<Reading> byHandMany() throws SQLException {
        return byHand.read(sensor(), 0, READINGS);
    }

    /** A plan over 100 partitions. */
    @Benchmark
    public boolean plan100Partitions() {
        return cache.query()
                .in("sensor", sensors(SENSORS))
                .range(0, READINGS)
                .explain()
                .isHit();
    }

    /** A plan over 500 partitions with one interval each. */
    @Benchmark
    public boolean plan500Partitions() {
        return wide.query()
                .in("sensor", sensors(MANY_SENSORS))
                .range(0, 1)
                .explain()
                .isHit();
    }

    /** A hit of one row of each of 500 partitions: the plan, as a query makes it, and the rows. */
    @Benchmark
    public List<Latest> hit500Partitions() {
        return wide.query().in("sensor", sensors(MANY_SENSORS)).range(0, 1).list();
    }

    /** An aggregate over all rows, in the database. */
    @Benchmark
    public Object aggregateAll() {
        return cache.query()
                .in("sensor", sensors(SENSORS))
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

    /** Closes the caches and deletes their directory. */
    @TearDown
    public void close() throws SQLException {
        wide.close();
        cache.close();
        byHand.close();
        if (server != null) {
            server.close();
        }
        directory.close();
    }
}
