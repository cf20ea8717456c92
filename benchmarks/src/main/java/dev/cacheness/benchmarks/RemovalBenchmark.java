package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

/** Removing 50,000 expired entries of 150,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class RemovalBenchmark {

    private static final int ENTRIES = 150_000;

    private static final int EXPIRED = ENTRIES / 3;

    private static final Instant EXPIRY = Instant.parse("2100-01-01T00:00:00Z");

    private static final String DELETE = "delete from cacheness_entry where expires_at <= " + EXPIRY.toEpochMilli();

    /** Where the values are: in rows of SQLite, in files that rows of SQLite name, or in rows of PostgreSQL. */
    @Param({"sqlite", "files", "postgresql"})
    public String values = "sqlite";

    private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRY);

    private final List<Path> files = new ArrayList<>();

    private @Nullable BenchmarkServer server;

    private @Nullable ScratchDirectory directory;

    private @Nullable Cacheness cache;

    private @Nullable Connection connection;

    /** One server for all rounds. */
    @Setup(Level.Trial)
    public void start() {
        if (values.equals("postgresql")) {
            server = new BenchmarkServer();
        }
    }

    /** Entries, every third of which will have expired. */
    @Setup(Level.Invocation)
    public void fill() throws SQLException, IOException {
        now.set(EXPIRY.minusSeconds(1));
        directory = new ScratchDirectory();
        if (server != null) {
            fillPostgresql(directory.path(), server.options());
        } else {
            fillSqlite(directory.path());
        }
        now.set(EXPIRY);
    }

    private void fillSqlite(Path place) throws SQLException, IOException {
        BulkFill.fill(place, ENTRIES);
        connection = DriverManager.getConnection(
                "jdbc:sqlite:" + place.resolve("cacheness.db").toUri());
        execute(
                "pragma busy_timeout = 5000",
                "pragma synchronous = normal",
                "update cacheness_entry set expires_at = " + EXPIRY.toEpochMilli() + " where rowid % 3 = 0");
        if (values.equals("files")) {
            execute("update cacheness_entry set blob_id = '00000000000000aa-' || digest, inline_value = null"
                    + " where expires_at is not null");
            writeFiles(place.resolve("blobs"));
        }
        execute("pragma wal_checkpoint(truncate)");
        cache = CachenessBuilder.at(place).clock(now::get).build();
    }

    private void writeFiles(Path blobs) throws SQLException, IOException {
        files.clear();
        for (int shard = 0; shard < 256; shard++) {
            Files.createDirectories(blobs.resolve(HexFormat.of().toHexDigits((byte) shard)));
        }
        byte[] value = FilledCache.value(new Random(42));
        if (connection == null) {
            return;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select digest, blob_id from cacheness_entry where blob_id is not null")) {
            while (row.next()) {
                Path file = blobs.resolve(row.getString(1).substring(0, 2)).resolve(row.getString(2));
                files.add(Files.write(file, value));
            }
        }
    }

    private void fillPostgresql(Path place, Map<String, String> options) throws SQLException {
        connection = DriverManager.getConnection(options.get("url"), options.get("username"), "");
        cache = CachenessBuilder.at(place)
                .metadataBackend("postgresql")
                .metadataOptions(options)
                .clock(now::get)
                .build();
        execute("truncate cacheness_entry");
        cache.put(SmallKey.of(0), FilledCache.value(new Random(42)));
        // Without the triggers, which are made for one row at a time.
        execute(
                "set session_replication_role = replica",
                """
                insert into cacheness_entry (digest, namespace, generation, created_at, accessed_at, expires_at, hits, handler,
                    handler_version, value_type, codec, raw_size, stored_size, checksum, key_parameters, inline_value)
                select md5(n::text), namespace, generation, created_at, accessed_at, case when n %% 3 = 0 then %d end, hits,
                    handler, handler_version, value_type, codec, raw_size, stored_size, checksum, key_parameters, inline_value
                from cacheness_entry, generate_series(1, %d) n
                """.formatted(EXPIRY.toEpochMilli(), ENTRIES),
                "update cacheness_totals set entries = %1$d, bytes = 200 * %1$d where stripe = 0".formatted(ENTRIES),
                "set session_replication_role = default",
                "vacuum analyze cacheness_entry",
                "checkpoint");
    }

    /** What the cache does. */
    @Benchmark
    public int cleanUpExpired() {
        int removed = cache == null ? 0 : cache.cleanUpExpired();
        if (removed != EXPIRED) {
            throw new IllegalStateException("Removed " + removed);
        }
        return removed;
    }

    /** One statement, and the files, which are known. */
    @Benchmark
    public int bareDelete() throws SQLException, IOException {
        execute(DELETE);
        for (Path file : files) {
            Files.delete(file);
        }
        return files.size();
    }

    private void execute(String... statements) throws SQLException {
        if (connection == null) {
            throw new IllegalStateException("Not filled yet");
        }
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Closes all and deletes the directory. */
    @TearDown(Level.Invocation)
    public void close() throws SQLException {
        if (cache != null && connection != null && directory != null) {
            cache.close();
            connection.close();
            directory.close();
        }
    }

    /** Ends the server. */
    @TearDown(Level.Trial)
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
