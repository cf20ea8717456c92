package dev.cacheness.benchmarks;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** How many reads of 200 bytes one, two and four threads get done together. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GetThreadsBenchmark {

    /** One thread. */
    @Benchmark
    @Threads(1)
    public byte[] get1(FilledCache filled, Choice choice) {
        return filled.cache().get(SmallKey.of(choice.next())).orElseThrow();
    }

    /** Two threads. */
    @Benchmark
    @Threads(2)
    public byte[] get2(FilledCache filled, Choice choice) {
        return filled.cache().get(SmallKey.of(choice.next())).orElseThrow();
    }

    /** Four threads. */
    @Benchmark
    @Threads(4)
    public byte[] get4(FilledCache filled, Choice choice) {
        return filled.cache().get(SmallKey.of(choice.next())).orElseThrow();
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public byte @Nullable [] bareSelect1(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().select(filled.digest(choice.next()), 0);
    }

    /** Two threads, each with a connection. */
    @Benchmark
    @Threads(2)
    public byte @Nullable [] bareSelect2(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().select(filled.digest(choice.next()), 0);
    }

    /** Four threads, each with a connection. */
    @Benchmark
    @Threads(4)
    public byte @Nullable [] bareSelect4(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().select(filled.digest(choice.next()), 0);
    }
}
