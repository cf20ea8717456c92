package dev.cacheness.benchmarks;

import dev.cacheness.CacheStats;
import dev.cacheness.CustomMetadataQuery.Match;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.benchmarks.SearchedCache.Experiment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Asking the index of 100,000 entries; the p50 counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SearchBenchmark {

    private static final int PAGE = 10_000;

    private static final String LIST = """
            select digest, namespace, created_at, accessed_at, expires_at, hits, load_nanos, handler, value_type, codec,
                raw_size, stored_size, description, key_parameters, attributes, tags
            from cacheness_entry order by created_at desc, digest limit 10000
            """;

    private static final int COLUMNS = 16;

    private final SplittableRandom random = new SplittableRandom();

    private @Nullable Connection connection;

    /** Some fifty entries whose accuracy is between two bounds. */
    @Benchmark
    public List<Match<Experiment>> customRange(SearchedCache searched) {
        double from = random.nextDouble();
        return searched.cache()
                .query(Experiment.class)
                .between("accuracy", from, from + 0.0005)
                .list();
    }

    /** The ten best of one model. */
    @Benchmark
    public List<Match<Experiment>> customTopTen(SearchedCache searched) {
        return searched.cache()
                .query(Experiment.class)
                .equalTo("model", "m" + random.nextInt(20))
                .orderByDescending("accuracy")
                .limit(10)
                .list();
    }

    /** A hundred entries by an attribute. */
    @Benchmark
    public long countByAttribute(SearchedCache searched) {
        return searched.cache().count(EntryQuery.all().withAttribute("stage", random.nextInt(1_000)));
    }

    /** All figures of the cache. */
    @Benchmark
    public CacheStats stats(SearchedCache searched) {
        return searched.cache().stats();
    }

    /** The newest 10,000 entries. */
    @Benchmark
    public List<EntryMetadata> list(SearchedCache searched) {
        return searched.cache().entries(EntryQuery.all().page(0, PAGE));
    }

    /** The same columns of the same rows, as text. */
    @Benchmark
    public List<@Nullable String[]> bareList(SearchedCache searched) throws SQLException {
        if (connection == null) {
            connection = searched.dataSource().getConnection();
        }
        var rows = new ArrayList<@Nullable String[]>();
        try (PreparedStatement statement = connection.prepareStatement(LIST);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                var row = new @Nullable String[COLUMNS];
                for (int i = 0; i < COLUMNS; i++) {
                    row[i] = result.getString(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Closes the connection of the hand-written statement. */
    @TearDown
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
