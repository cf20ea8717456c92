package dev.cacheness.benchmarks;

import static dev.cacheness.PutOption.handler;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/** 1,000,000 bytes and a text of as many letters, beside files written and read by hand; a document of 64 KB as JSON, beside Jackson alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlainValuesBenchmark {

    private static final int SIZE = 1_000_000;

    private static final CacheKey<byte[]> BYTES = CacheKey.of("bytes", 1).as(byte[].class);

    private static final CacheKey<String> TEXT = CacheKey.of("text", 1).as(String.class);

    private static final CacheKey<Object> JSON = CacheKey.of("json", 1);

    private final ScratchDirectory directory = new ScratchDirectory();

    private final byte[] bytes = bytes();

    private final String text = text();

    private final Map<String, Object> document = DocumentBenchmark.document();

    private final Cacheness cache =
            CachenessBuilder.at(directory.path().resolve("cache")).codec("none").build();

    private final PlainFile bytesFile = new PlainFile(directory.path().resolve("bytes"));

    private final PlainFile textFile = new PlainFile(directory.path().resolve("text"));

    private final JsonMapper jackson = new JsonMapper();

    private final byte[] json = jackson.writeValueAsBytes(document);

    /** Stores each value in each place. */
    public PlainValuesBenchmark() {
        try {
            putBytes();
            putText();
            putJson();
            writeBytes();
            writeText();
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Not compressed. */
    @Benchmark
    public String putBytes() {
        return cache.put(BYTES, bytes);
    }

    /** Verified. */
    @Benchmark
    public byte[] getBytes() {
        return cache.get(BYTES).orElseThrow();
    }

    /** Through a temporary file. */
    @Benchmark
    public Path writeBytes() throws IOException {
        return bytesFile.write(draft -> Files.write(draft, bytes));
    }

    /** From that file. */
    @Benchmark
    public byte[] readBytes() throws IOException {
        return Files.readAllBytes(bytesFile.path());
    }

    /** Not compressed. */
    @Benchmark
    public String putText() {
        return cache.put(TEXT, text);
    }

    /** Verified. */
    @Benchmark
    public String getText() {
        return cache.get(TEXT).orElseThrow();
    }

    /** Through a temporary file. */
    @Benchmark
    public Path writeText() throws IOException {
        return textFile.write(draft -> Files.writeString(draft, text, StandardCharsets.UTF_8));
    }

    /** From that file. */
    @Benchmark
    public String readText() throws IOException {
        return Files.readString(textFile.path(), StandardCharsets.UTF_8);
    }

    /** Not compressed. */
    @Benchmark
    public String putJson() {
        return cache.put(JSON, document, handler("json"));
    }

    /** Verified. */
    @Benchmark
    public Object getJson() {
        return cache.get(JSON).orElseThrow();
    }

    /** Into memory. */
    @Benchmark
    public byte[] writeJson() {
        return jackson.writeValueAsBytes(document);
    }

    /** From memory. */
    @Benchmark
    public Object readJson() {
        return jackson.readValue(json, Map.class);
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        new Random(42).ints(SIZE, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache.close();
        directory.close();
    }
}
