package dev.cacheness.benchmarks;

import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.Indexed;
import dev.cacheness.PutOption;
import dev.cacheness.engine.CachenessBuilder;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A cache whose entries have custom metadata. */
@State(Scope.Benchmark)
public class SearchedCache {

    /** What goes with every entry. */
    @CustomMetadata("experiments")
    public record Experiment(@Indexed String model, @Indexed double accuracy) {}

    /** Where the index is. */
    @Param({"sqlite", "postgresql"})
    public String backend = "sqlite";

    private final ScratchDirectory directory = new ScratchDirectory();

    private @Nullable BenchmarkServer server;

    private @Nullable Cacheness cache;

    /** Fills the cache. */
    @Setup
    public void fill() {
        CachenessBuilder builder = CachenessBuilder.at(directory.path()).metadataBackend(backend);
        if (backend.equals("postgresql")) {
            server = new BenchmarkServer();
            builder.metadataOptions(server.options());
        }
        cache = builder.build();
        var random = new Random(42);
        for (int n = 0; n < FilledCache.ENTRIES; n++) {
            cache.put(
                    SmallKey.of(n),
                    FilledCache.value(random),
                    PutOption.attribute("stage", n % 1_000),
                    PutOption.customMetadata(new Experiment("m" + n % 20, random.nextDouble())));
        }
    }

    Cacheness cache() {
        if (cache == null) {
            throw new IllegalStateException("Not filled yet");
        }
        return cache;
    }

    /** For hand-written statements. */
    DataSource dataSource() {
        return cache().unwrap(DataSource.class).orElseThrow();
    }

    /** Closes the cache and deletes its directory. */
    @TearDown
    public void close() {
        cache().close();
        if (server != null) {
            server.close();
        }
        directory.close();
    }
}
