package dev.cacheness.benchmarks;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A smooth signal with noise, 2,500,000 floats, by whichever handler takes arrays. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ArrayBenchmark {

    /** Signals that are read after reopening. */
    private static final int MANY = 50;

    /** Of an amplitude of 1. The more noise there is, the less can be compressed. */
    private static final double NOISE = 1e-5;

    private static final CacheKey<float[]> KEY = CacheKey.of("signal", 1).as(float[].class);

    private final ScratchDirectory directory = new ScratchDirectory();

    private final float[] signal = signal();

    private final Cacheness plain =
            CachenessBuilder.at(directory.path().resolve("plain")).codec("none").build();

    private final Cacheness compressed = CachenessBuilder.at(directory.path().resolve("compressed"))
            .codec("zstd")
            .codecLevel(1)
            .build();

    private final PlainFile file = new PlainFile(directory.path().resolve("signal.bin"));

    /** Stores the signal in each place. */
    public ArrayBenchmark() {
        try {
            plain.put(KEY, signal);
            compressed.put(KEY, signal);
            file.writeFloats(signal);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Without compression. */
    @Benchmark
    public String put() {
        return plain.put(KEY, signal);
    }

    /** Without compression. */
    @Benchmark
    public float[] get() {
        return plain.get(KEY).orElseThrow();
    }

    /** Without compression, one after the other by a cache that was opened just before. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void getAfterReopening(Reopened reopened, Blackhole values) {
        for (int i = 0; i < MANY; i++) {
            values.consume(reopened.cache().get(Reopened.key(i)).orElseThrow());
        }
    }

    /** The same from as many files. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void readFiles(ManyFiles files, Blackhole values) throws IOException {
        for (PlainFile each : files.all) {
            values.consume(each.readFloats());
        }
    }

    /** With zstd at level 1. */
    @Benchmark
    public String putCompressed() {
        return compressed.put(KEY, signal);
    }

    /** With zstd at level 1. */
    @Benchmark
    public float[] getCompressed() {
        return compressed.get(KEY).orElseThrow();
    }

    /** Through a temporary file. */
    @Benchmark
    public Path writeFile() throws IOException {
        return file.writeFloats(signal);
    }

    /** In two passes. */
    @Benchmark
    public float[] readFile() throws IOException {
        return file.readFloats();
    }

    private static float[] signal() {
        var random = new Random(42);
        float[] values = new float[2_500_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.sin(i / 500.0) + NOISE * random.nextGaussian());
        }
        return values;
    }

    /** Closes the caches and deletes their directory. */
    @TearDown
    public void close() {
        plain.close();
        compressed.close();
        directory.close();
    }

    /** A cache without compression that is opened anew each time. */
    @State(Scope.Thread)
    public static class Reopened {

        private @Nullable Cacheness cache;

        /** Stores the signals. */
        @Setup
        public void store(ArrayBenchmark arrays) {
            open(arrays);
            for (int i = 0; i < MANY; i++) {
                cache().put(key(i), arrays.signal);
            }
            close();
        }

        static CacheKey<float[]> key(int number) {
            return CacheKey.of("signals", number).as(float[].class);
        }

        /** Opens the cache. */
        @Setup(Level.Invocation)
        public void open(ArrayBenchmark arrays) {
            cache = CachenessBuilder.at(arrays.directory.path().resolve("reopened"))
                    .codec("none")
                    .build();
        }

        Cacheness cache() {
            return Objects.requireNonNull(cache);
        }

        /** Closes the cache. */
        @TearDown(Level.Invocation)
        public void close() {
            cache().close();
        }
    }

    /** As many files as there are signals in that cache. */
    @State(Scope.Thread)
    public static class ManyFiles {

        private final List<PlainFile> all = new ArrayList<>();

        /** Writes them. */
        @Setup
        public void write(ArrayBenchmark arrays) throws IOException {
            for (int i = 0; i < MANY; i++) {
                PlainFile next = new PlainFile(arrays.directory.path().resolve("signal" + i));
                next.writeFloats(arrays.signal);
                all.add(next);
            }
        }
    }
}
