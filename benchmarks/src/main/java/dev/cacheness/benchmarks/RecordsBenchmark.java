package dev.cacheness.benchmarks;

import static dev.cacheness.PutOption.handler;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

/** A list of 200,000 records, by the handler {@code object} and by Java serialization. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecordsBenchmark {

    private static final CacheKey<Object> KEY = CacheKey.of("rows", 1);

    private final ScratchDirectory directory = new ScratchDirectory();

    private final List<Row> rows = rows();

    private final Cacheness cache = CachenessBuilder.at(directory.path().resolve("cache"))
            .trustedPackages(List.of(Row.class.getPackageName()))
            .build();

    private final PlainFile file = new PlainFile(directory.path().resolve("rows.ser"));

    /** Stores the rows in each place. */
    public RecordsBenchmark() {
        try {
            put();
            serialize();
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Compressed as is the default. */
    @Benchmark
    public String put() {
        return cache.put(KEY, rows, handler("object"));
    }

    /** Compressed as is the default. */
    @Benchmark
    public Object get() {
        return cache.get(KEY).orElseThrow();
    }

    /** Through a temporary file. */
    @Benchmark
    public Path serialize() throws IOException {
        return file.write(draft -> {
            try (var out = new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                out.writeObject(rows);
            }
        });
    }

    /** From that file. */
    @Benchmark
    public Object deserialize() throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file.path())))) {
            return in.readObject();
        }
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 200_000; i++) {
            rows.add(new Row(i, "name-" + i % 1_000, i * 0.25, LocalDate.EPOCH.plusDays(i % 10_000), i % 2 == 0));
        }
        return rows;
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache.close();
        directory.close();
    }

    /** Five columns. */
    public record Row(long id, String name, double price, LocalDate day, boolean open) implements Serializable {}
}
