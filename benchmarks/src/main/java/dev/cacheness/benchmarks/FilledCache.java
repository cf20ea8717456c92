package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An open cache of {@value #ENTRIES} entries (system property {@code entries}) of {@value #VALUE_BYTES} bytes each. */
@State(Scope.Benchmark)
public class FilledCache {

    static final int ENTRIES = Integer.getInteger("entries", 100_000);

    static final int VALUE_BYTES = 200;

    private final ScratchDirectory directory = new ScratchDirectory();

    private final String[] digests = new String[ENTRIES];

    private final Cacheness cache = CachenessBuilder.at(directory.path()).build();

    /** Fills the cache. */
    public FilledCache() {
        var random = new Random(42);
        for (int n = 0; n < ENTRIES; n++) {
            digests[n] = cache.put(SmallKey.of(n), value(random));
        }
    }

    Cacheness cache() {
        return cache;
    }

    /** The file of the index, for hand-written statements. */
    Path file() {
        return directory.path().resolve("cacheness.db");
    }

    String digest(int n) {
        return digests[n];
    }

    static byte[] value(Random random) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache.close();
        directory.close();
    }
}
