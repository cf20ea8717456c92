package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Removing 50,000 expired entries of 150,000, whose values are in their rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class RemovalBenchmark {

    private static final int ENTRIES = 150_000;

    private static final Instant EXPIRY = Instant.parse("2100-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRY);

    private @Nullable ScratchDirectory directory;

    private @Nullable Cacheness cache;

    private @Nullable Connection connection;

    /** Entries, every third of which will have expired. */
    @Setup(Level.Invocation)
    public void fill() throws SQLException {
        now.set(EXPIRY.minusSeconds(1));
        directory = new ScratchDirectory();
        BulkFill.fill(directory.path(), ENTRIES);
        Path file = directory.path().resolve("cacheness.db");
        connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 5000");
            statement.execute("pragma synchronous = normal");
            statement.execute(
                    "update cacheness_entry set expires_at = " + EXPIRY.toEpochMilli() + " where rowid % 3 = 0");
        }
        cache = CachenessBuilder.at(directory.path()).clock(now::get).build();
        now.set(EXPIRY);
    }

    /** What the cache does. */
    @Benchmark
    public int cleanUpExpired() {
        return cache == null ? 0 : cache.cleanUpExpired();
    }

    /** One statement. */
    @Benchmark
    public int bareDelete() throws SQLException {
        if (connection == null) {
            return 0;
        }
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("delete from cacheness_entry where expires_at <= " + EXPIRY.toEpochMilli());
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
}
