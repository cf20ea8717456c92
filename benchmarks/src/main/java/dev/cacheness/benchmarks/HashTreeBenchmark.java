package dev.cacheness.benchmarks;

import dev.cacheness.engine.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
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

/** The hash of a tree of 10,000 files of 8 KB each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class HashTreeBenchmark {

    private static final int FILES = 10_000;

    private static final int FILES_PER_FOLDER = 100;

    private static final int SIZE = 8 * 1024;

    private final ScratchDirectory directory = new ScratchDirectory();

    private final ForkJoinPool oneThread = new ForkJoinPool(1);

    /** Writes the files. */
    public HashTreeBenchmark() {
        var random = new Random(42);
        byte[] bytes = new byte[SIZE];
        try {
            for (int i = 0; i < FILES; i++) {
                Path folder = directory.path().resolve("d" + i / FILES_PER_FOLDER);
                Files.createDirectories(folder);
                random.nextBytes(bytes);
                Files.write(folder.resolve("f" + i), bytes);
            }
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** On all cores. */
    @Benchmark
    public String allCores() {
        return Hashing.path(directory.path());
    }

    /** By a pool of one thread. */
    @Benchmark
    public String oneThread() {
        return oneThread.submit(() -> Hashing.path(directory.path())).join();
    }

    /** Deletes the directory. */
    @TearDown
    public void close() {
        oneThread.shutdown();
        directory.close();
    }
}
