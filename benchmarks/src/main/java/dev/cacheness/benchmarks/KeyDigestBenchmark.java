package dev.cacheness.benchmarks;

import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.internal.key.KeyDigester;
import dev.cacheness.internal.key.KeySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The digest of a record of three components. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyDigestBenchmark {

    private final KeyDigester digester = new KeyDigester(new KeySettings(10, true, true));

    private long next;

    /** As every call of the cache begins. */
    @Benchmark
    public DigestedKey digest() {
        return digester.digest(SmallKey.of(next++));
    }

    /** What nobody can save: SHA-256 over a text of the same parameters, as hexadecimal digits. */
    @Benchmark
    public String bareSha256() throws NoSuchAlgorithmException {
        SmallKey key = SmallKey.of(next++);
        String text = "dev.cacheness.benchmarks.SmallKey|" + key.id() + "|" + key.model() + "|" + key.shard();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
