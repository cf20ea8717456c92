package dev.cacheness.benchmarks;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing 200 bytes by one thread, until they are committed; the p50 counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PutBenchmark {

    private final byte[] value = FilledCache.value(new Random());

    private long next = FilledCache.ENTRIES;

    /** In place of a value that is there. */
    @Benchmark
    public String put(FilledCache filled, Choice choice) {
        return filled.cache().put(SmallKey.of(choice.next()), value);
    }

    /** Under keys that have no value yet. */
    @Benchmark
    public String putNew(FilledCache filled) {
        return filled.cache().put(SmallKey.of(next++), value);
    }

    /** A whole row in the cache's own table, with its indexes and triggers, by a digest that is known. */
    @Benchmark
    public int bareUpsert(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().upsertRow(filled.digest(choice.next()), value, now());
    }

    /** A row of key, value and expiry in a table without further indexes. */
    @Benchmark
    public int bareUpsertOfPair(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().upsertPair(filled.digest(choice.next()), value, now());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
