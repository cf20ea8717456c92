package dev.cacheness.benchmarks;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.table.Table;
import dev.cacheness.table.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 1,000,000 records of six columns as Parquet, by the handler {@code table} and by DuckDB through JDBC, its appender included: from records into a file,
 * and from a file into records. The secondary results {@code megabytes} are the sizes of the files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class TableBenchmark {

    private static final int ROWS = 1_000_000;

    private static final CacheKey<Table> KEY = CacheKey.of("rows", 1).as(Table.class);

    private final ScratchDirectory directory = new ScratchDirectory();

    private final List<Row> rows = rows();

    private final Cacheness cache =
            CachenessBuilder.at(directory.path().resolve("cache")).build();

    private final Path duckFile = directory.path().resolve("rows.parquet");

    /** Writes both files. */
    public TableBenchmark() {
        try {
            cache.put(KEY, Table.of(Row.class, rows));
            duckWrite();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** From records, through a table. */
    @Benchmark
    public String put(Size size) {
        String digest = cache.put(KEY, Table.of(Row.class, rows));
        size.megabytes = cache.metadata(KEY).orElseThrow().sizeBytes() / 1e6;
        return digest;
    }

    /** Into a list of records that is held. */
    @Benchmark
    public List<Row> get() {
        return List.copyOf(cache.get(KEY).orElseThrow().rows(Row.class));
    }

    /** Into a table alone. */
    @Benchmark
    public Table getTable() {
        return cache.get(KEY).orElseThrow();
    }

    /** Row by row, of which none is held. */
    @Benchmark
    public long stream() {
        try (TableSource table = cache.get(KEY.as(TableSource.class)).orElseThrow();
                Stream<Row> stored = table.rows(Row.class)) {
            return stored.mapToLong(Row::number).sum();
        }
    }

    /** From records. */
    @Benchmark
    public void duckPut(Size size) throws SQLException, IOException {
        duckWrite();
        size.megabytes = Files.size(duckFile) / 1e6;
    }

    private void duckWrite() throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "create table rows (id integer, number bigint, price double, name varchar, moment timestamp, note varchar)");
            try (DuckDBAppender appender = duck.unwrap(DuckDBConnection.class).createAppender("main", "rows")) {
                for (Row row : rows) {
                    appender.beginRow();
                    appender.append(row.id());
                    appender.append(row.number());
                    appender.append(row.price());
                    appender.append(row.name());
                    appender.append(LocalDateTime.ofInstant(row.moment(), ZoneOffset.UTC));
                    appender.append(row.note());
                    appender.endRow();
                }
            }
            statement.execute("copy rows to '" + duckFile + "' (format parquet, codec zstd)");
        }
    }

    /** Into a list of records that is held. */
    @Benchmark
    public List<Row> duckGet() throws SQLException {
        List<Row> read = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery("from '" + duckFile + "'")) {
            while (row.next()) {
                read.add(new Row(
                        row.getInt(1),
                        row.getLong(2),
                        row.getDouble(3),
                        row.getString(4),
                        row.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getString(6)));
            }
        }
        return read;
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            long noise = i * 0x9E3779B97F4A7C15L;
            rows.add(new Row(
                    i,
                    noise >>> 30,
                    (noise >>> 44) / 100.0,
                    "name-" + (noise >>> 54),
                    Instant.ofEpochSecond(1_600_000_000L + i, (noise >>> 44) * 1_000),
                    i % 3 == 0 ? null : "note-" + i % 50));
        }
        return rows;
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache.close();
        directory.close();
    }

    /** Six columns. */
    public record Row(
            int id,
            long number,
            double price,
            String name,
            Instant moment,
            @Nullable String note) {}

    /** What JMH prints beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Size {

        /** In units of 1,000,000 bytes. */
        public double megabytes;
    }
}
