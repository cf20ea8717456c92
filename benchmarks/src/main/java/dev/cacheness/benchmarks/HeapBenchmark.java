package dev.cacheness.benchmarks;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.lang.management.ManagementFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The heap that an open cache of 1,000,000 entries holds after 100,000 of them were read: the secondary result {@code megabytes}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class HeapBenchmark {

    private static final int ENTRIES = 10 * FilledCache.ENTRIES;

    private final ScratchDirectory directory = new ScratchDirectory();

    /** Fills the directory. */
    @Setup
    public void fill() throws SQLException {
        BulkFill.fill(directory.path(), ENTRIES);
    }

    /** Opens, reads, and counts. */
    @Benchmark
    public int heapHeld(Heap heap) throws SQLException {
        long before = usedHeap();
        try (Cacheness cache = CachenessBuilder.at(directory.path()).build()) {
            int hits = readMany(cache);
            heap.megabytes = (usedHeap() - before) / 1e6;
            return hits;
        }
    }

    private int readMany(Cacheness cache) throws SQLException {
        int hits = 0;
        try (var bare = new BareConnection(directory.path().resolve("cacheness.db"));
                var statement = bare.connection().createStatement();
                ResultSet row = statement.executeQuery("select digest from cacheness_entry limit " + ENTRIES / 10)) {
            while (row.next()) {
                hits += cache.get(CacheKey.ofDigest(row.getString(1))).isPresent() ? 1 : 0;
            }
        }
        return hits;
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Deletes the directory. */
    @TearDown
    public void delete() {
        directory.close();
    }

    /** What JMH prints beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {

        /** In units of 1,000,000 bytes. */
        public double megabytes;
    }
}
