package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** Opening a cache of 100,000 entries, until its first answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OpenBenchmark {

    private final ScratchDirectory directory = new ScratchDirectory();

    private @Nullable AutoCloseable opened;

    /** Fills the directory. */
    @Setup
    public void fill() throws IOException, InterruptedException {
        BulkFill.fillElsewhere(directory.path(), FilledCache.ENTRIES);
    }

    /** The first cache of a JVM: with the loading of all classes and of SQLite's native library. */
    @Benchmark
    @Fork(5)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Optional<byte[]> first() {
        return open();
    }

    /** A later cache of the same JVM. */
    @Benchmark
    @Fork(1)
    @Warmup(iterations = 5)
    @Measurement(iterations = 20)
    public Optional<byte[]> later() {
        return open();
    }

    /** Nothing but the driver and one statement, in a fresh JVM. */
    @Benchmark
    @Fork(5)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public byte @Nullable [] firstBareConnection() throws SQLException {
        var connection = new BareConnection(directory.path().resolve("cacheness.db"));
        opened = connection;
        return connection.select("", 0);
    }

    private Optional<byte[]> open() {
        Cacheness cache = CachenessBuilder.at(directory.path()).build();
        opened = cache;
        return cache.get(SmallKey.of(0));
    }

    /** Closes what was opened. */
    @TearDown(Level.Iteration)
    public void close() throws Exception {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    /** Deletes the directory. */
    @TearDown
    public void delete() {
        directory.close();
    }
}
