package dev.cacheness.benchmarks;

import dev.cacheness.Durability;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
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

/** A file of 100 MB that cannot be compressed, into a store of artifacts and out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class BlobFileBenchmark {

    private static final int SIZE = 100 << 20;

    private static final int PIECE = 1 << 20;

    private static final String KEY = "file";

    private final ScratchDirectory directory = new ScratchDirectory();

    private final Path source = directory.path().resolve("source");

    private final Path copy = directory.path().resolve("copy");

    private final Path copyOfCopy = directory.path().resolve("copy-of-copy");

    private final BlobStore store;

    /** Writes the file. */
    public BlobFileBenchmark() {
        byte[] bytes = new byte[SIZE];
        new Random(42).nextBytes(bytes);
        try {
            Files.write(source, bytes);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        store = BlobStoreBuilder.at(directory.path().resolve("store"))
                .durability(Durability.PROCESS)
                .build();
    }

    /** Both write new files: to replace a file by renaming makes some file systems write it to the disk at once. */
    @Setup(Level.Invocation)
    public void deleteCopies() throws IOException {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(copyOfCopy);
    }

    /** Into the store and into another file. */
    @Benchmark
    public boolean store() {
        store.put(KEY, source);
        return store.copyTo(KEY, copyOfCopy);
    }

    /** Into a file and into another one, each read once for its checksum. */
    @Benchmark
    public long copy() throws IOException {
        return checked(source, copy) + checked(copy, copyOfCopy);
    }

    private static long checked(Path from, Path to) throws IOException {
        Files.copy(from, to);
        var sum = new CRC32C();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(to)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                sum.update(piece, 0, count);
            }
        }
        return sum.getValue();
    }

    /** Closes the store and deletes its directory. */
    @TearDown
    public void close() {
        store.close();
        directory.close();
    }
}
