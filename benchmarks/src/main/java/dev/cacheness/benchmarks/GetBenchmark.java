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
import org.openjdk.jmh.annotations.Warmup;

/** Reading 200 bytes by one thread, from the time when they were asked for until they are there; the p50 counts. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GetBenchmark {

    /** The key's digest, the row, the checksum and the count of the hit. */
    @Benchmark
    public byte[] get(FilledCache filled, Choice choice) {
        return filled.cache().get(SmallKey.of(choice.next())).orElseThrow();
    }

    /** As {@code get}: all are hits. */
    @Benchmark
    public byte[] getOrComputeHit(FilledCache filled, Choice choice) {
        return filled.cache().getOrCompute(SmallKey.of(choice.next()), key -> {
            throw new IllegalStateException("Not a hit: " + key);
        });
    }

    /** The value and its expiry, by a digest that is known. */
    @Benchmark
    public byte @Nullable [] bareSelect(FilledCache filled, BareThread bare, Choice choice) throws SQLException {
        return bare.connection().select(filled.digest(choice.next()), 0);
    }
}
