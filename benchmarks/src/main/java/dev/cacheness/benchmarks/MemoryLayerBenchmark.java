package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.engine.MemoryLayerSettings;
import dev.cacheness.engine.MemoryPolicy;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** Reading 200 bytes that the memory layer has, in front of SQLite; the p50 counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MemoryLayerBenchmark {

    private static final int ENTRIES = 1_000;

    private final ScratchDirectory directory = new ScratchDirectory();

    private final SplittableRandom random = new SplittableRandom();

    private final Cacheness cache = CachenessBuilder.at(directory.path())
            .memoryLayer(new MemoryLayerSettings(MemoryPolicy.LRU, 2 * ENTRIES, Duration.ofMinutes(5), false))
            .build();

    /** Fills the cache. */
    public MemoryLayerBenchmark() {
        var values = new Random(42);
        for (int n = 0; n < ENTRIES; n++) {
            cache.put(SmallKey.of(n), FilledCache.value(values));
        }
    }

    /** The key's digest, the row on the heap, the checksum and the count of the hit. */
    @Benchmark
    public byte[] get() {
        return cache.get(SmallKey.of(random.nextInt(ENTRIES))).orElseThrow();
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache.close();
        directory.close();
    }
}
