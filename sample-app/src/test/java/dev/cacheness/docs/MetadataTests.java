package dev.cacheness.docs;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.customMetadata;
import static dev.cacheness.PutOption.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Comparison;
import dev.cacheness.CustomMetadata;
import dev.cacheness.CustomMetadataQuery.Match;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.Indexed;
import dev.cacheness.Masked;
import dev.cacheness.Unique;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTests {

    @TempDir
    Path directory;

    private Cacheness cache;

    record ModelKey(String name) implements CacheKey<String> {}

    // docs:start masked
    record TaxKey(int year, @Masked String taxNumber) implements CacheKey<String> {}
    // docs:end masked

    // docs:start record
    @CustomMetadata("ml_experiments")
    record MlExperiment(
            @Indexed String modelType,
            @Unique String experimentId,
            @Indexed double accuracy,
            @Nullable Integer epochs,
            Instant startedAt) {}
    // docs:end record

    @BeforeEach
    void open() {
        cache = CachenessBuilder.at(directory).build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void attributesAndTags() {
        String model = "weights";

        // docs:start attributes
        cache.put(
                new ModelKey("churn"),
                model,
                attribute("stage", "test"),
                attribute("accuracy", 0.93),
                tags("nightly", "gpu"));
        // docs:end attributes

        // docs:start compare
        List<EntryMetadata> good = cache.entries(EntryQuery.all()
                .withTag("nightly")
                .withAttribute("stage", "test")
                .withAttribute("accuracy", Comparison.AT_LEAST, 0.9)
                .withAttribute("reviewer", Comparison.EQUAL, "ada"));
        long measured = cache.count(EntryQuery.all().withAttribute("accuracy"));
        // docs:end compare
        assertThat(good).isEmpty();
        assertThat(measured).isEqualTo(1);

        // docs:start update
        boolean updated = cache.updateMetadata(new ModelKey("churn"), Map.of("stage", "production", "reviewer", "ada"));
        // docs:end update
        assertThat(updated).isTrue();
        assertThat(cache.count(EntryQuery.all().withAttribute("reviewer", "ada")))
                .isEqualTo(1);

        // docs:start invalidate-where
        int removed =
                cache.invalidateWhere(EntryQuery.all().withTag("gpu").withAttribute("accuracy", Comparison.LESS, 0.95));
        // docs:end invalidate-where
        assertThat(removed).isEqualTo(1);
    }

    @Test
    void maskedParameters() {
        cache.put(new TaxKey(2026, "12/345"), "return");

        assertThat(cache.metadata(new TaxKey(2026, "12/345")).orElseThrow().keyParameters())
                .containsEntry("taxNumber", "******");
    }

    @Test
    void customRecords() {
        String model = "weights";
        Instant now = Instant.parse("2026-11-24T08:00:00Z");

        // docs:start put
        cache.put(new ModelKey("churn"), model, customMetadata(new MlExperiment("xgboost", "exp-1", 0.93, 12, now)));
        // docs:end put

        // docs:start query
        List<Match<MlExperiment>> best = cache.query(MlExperiment.class)
                .equalTo("modelType", "xgboost")
                .atLeast("accuracy", 0.9)
                .orderByDescending("accuracy")
                .limit(10)
                .list();
        // docs:end query
        assertThat(best).hasSize(1);

        // docs:start value
        Match<MlExperiment> match = best.get(0);
        double accuracy = match.record().accuracy();
        Optional<String> value = cache.get(match.key().as(String.class));
        // docs:end value
        assertThat(accuracy).isEqualTo(0.93);
        assertThat(value).contains("weights");

        // docs:start conditions
        long count = cache.query(MlExperiment.class)
                .between("startedAt", Instant.parse("2026-01-01T00:00:00Z"), now)
                .in("modelType", List.of("xgboost", "lightgbm"))
                .startsWith("experimentId", "exp-")
                .anyOf(any -> any.isNull("epochs")
                        .greaterThan("accuracy", 0.95)
                        .allOf(all -> all.atLeast("epochs", 10).lessThan("epochs", 20)))
                .count();
        // docs:end conditions
        assertThat(count).isEqualTo(1);

        // docs:start by-name
        List<Map<String, @Nullable Object>> rows = cache.query("ml_experiments", Map.of("modelType", "xgboost"));
        // docs:end by-name
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("experimentId", "exp-1")
                        .containsEntry("epochs", 12L)
                        .containsEntry("digest", match.digest()));

        // docs:start invalidate
        int removed = cache.query(MlExperiment.class).lessThan("accuracy", 0.95).invalidate();
        // docs:end invalidate
        assertThat(removed).isEqualTo(1);
    }
}
