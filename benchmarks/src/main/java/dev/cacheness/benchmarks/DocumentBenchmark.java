package dev.cacheness.benchmarks;

import static dev.cacheness.PutOption.handler;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
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

/** A document of about 64 KB, maps and lists, by the handler {@code object} and by its serializer alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DocumentBenchmark {

    private static final CacheKey<Object> KEY = CacheKey.of("document", 1);

    private final ScratchDirectory directory = new ScratchDirectory();

    private final Map<String, Object> document = document();

    private final Cacheness cache =
            CachenessBuilder.at(directory.path()).codec("none").build();

    private final Cacheness files = CachenessBuilder.at(directory.path().resolve("files"))
            .codec("none")
            .inlineThreshold(0)
            .build();

    /** Set up as the handler's. */
    private final ThreadSafeFory serializer = Fory.builder()
            .withXlang(false)
            .withRefTracking(true)
            .withCompatible(true)
            .requireClassRegistration(false)
            .suppressClassRegistrationWarnings(true)
            .serializeEnumByName(true)
            .buildThreadSafeFory();

    private final byte[] bytes = serializer.serialize(document);

    private final BareConnection bare;

    private final Path folder = directory.path().resolve("bare");

    private long written;

    /** Stores the document. */
    public DocumentBenchmark() {
        put();
        putIntoFile();
        bare = new BareConnection(directory.path().resolve("cacheness.db"));
        try {
            Files.createDirectory(folder);
            serializeIntoFile();
        } catch (IOException | SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Uncompressed, into the index, where values up to 64 KiB go. */
    @Benchmark
    public String put() {
        return cache.put(KEY, document, handler("object"));
    }

    /** From there. */
    @Benchmark
    public Object get() {
        return cache.get(KEY).orElseThrow();
    }

    /** Uncompressed, into a file. */
    @Benchmark
    public String putIntoFile() {
        return files.put(KEY, document, handler("object"));
    }

    /** From that file. */
    @Benchmark
    public Object getFromFile() {
        return files.get(KEY).orElseThrow();
    }

    /** Into memory. */
    @Benchmark
    public byte[] serialize() {
        return serializer.serialize(document);
    }

    /** Into a row of the cache's own table, by hand. */
    @Benchmark
    public int serializeIntoRow() throws SQLException {
        return bare.upsertRow("row", serializer.serialize(document), ++written);
    }

    /** What cannot be left out by hand either: a new file, a row in the cache's own table that names it, and then the former file deleted. */
    @Benchmark
    public int serializeIntoFile() throws IOException, SQLException {
        byte[] serialized = serializer.serialize(document);
        long number = ++written;
        Files.write(folder.resolve(name(number)), serialized, StandardOpenOption.CREATE_NEW);
        int rows = bare.upsertRowOfFile("bare", name(number), serialized.length, number);
        Files.deleteIfExists(folder.resolve(name(number - 1)));
        return rows;
    }

    /** As long as the cache's. */
    private static String name(long number) {
        return String.format(Locale.ROOT, "%049d", number);
    }

    /** From memory. */
    @Benchmark
    public Object deserialize() {
        return serializer.deserialize(bytes);
    }

    static Map<String, Object> document() {
        var random = new Random(42);
        List<Object> features = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Map<String, Object> feature = new LinkedHashMap<>();
            feature.put("id", "us7000" + Integer.toHexString(random.nextInt()));
            feature.put("place", random.nextInt(100) + " km from station " + i);
            feature.put("magnitude", random.nextDouble());
            feature.put("time", random.nextLong());
            feature.put("coordinates", new ArrayList<>(List.of(random.nextDouble(), random.nextDouble())));
            features.add(feature);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "FeatureCollection");
        document.put("features", features);
        return document;
    }

    /** Closes the caches and deletes their directory. */
    @TearDown
    public void close() throws SQLException {
        bare.close();
        cache.close();
        files.close();
        directory.close();
    }
}
