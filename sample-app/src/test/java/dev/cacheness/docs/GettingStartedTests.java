package dev.cacheness.docs;

import static dev.cacheness.GetOption.maxAge;
import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.description;
import static dev.cacheness.PutOption.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GettingStartedTests {

    @TempDir
    Path directory;

    private Cacheness cache;

    // docs:start key
    record Model(String name, double accuracy) {}

    record ModelKey(String algorithm, String dataset) implements CacheKey<Model> {}
    // docs:end key

    @BeforeEach
    void open() {
        // docs:start open
        Cacheness cache = CachenessBuilder.at(directory)
                .trustedPackages(List.of(Model.class.getPackageName()))
                .defaultTtl(Duration.ofDays(7))
                .build();
        // docs:end open
        this.cache = cache;
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void putAndGet() {
        Model model = new Model("xgboost-1", 0.93);

        // docs:start put
        var key = new ModelKey("xgboost", "train");
        cache.put(key, model);
        Optional<Model> found = cache.get(key);
        // docs:end put

        assertThat(found).contains(model);
    }

    @Test
    void options() {
        var key = new ModelKey("xgboost", "train");
        Model model = new Model("xgboost-1", 0.93);

        // docs:start options
        cache.put(
                key,
                model,
                ttl(Duration.ofHours(6)),
                description("trained on the small data set"),
                attribute("accuracy", 0.93));
        Optional<Model> fresh = cache.get(key, maxAge(Duration.ofMinutes(5)));
        // docs:end options

        assertThat(fresh).contains(model);
        assertThat(cache.metadata(key)).hasValueSatisfying(metadata -> {
            assertThat(metadata.attributes()).containsEntry("accuracy", 0.93);
            assertThat(metadata.expiresAt())
                    .isCloseTo(metadata.createdAt().plus(Duration.ofHours(6)), within(Duration.ofMillis(1)));
        });
    }

    @Test
    void compute() {
        var key = new ModelKey("xgboost", "train");

        // docs:start compute
        Model model = cache.getOrCompute(key, missing -> train(missing.algorithm(), missing.dataset()));
        // docs:end compute

        assertThat(cache.get(key)).contains(model);
    }

    @Test
    void entries() {
        var key = new ModelKey("xgboost", "train");
        cache.put(key, new Model("xgboost-1", 0.93), attribute("stage", "production"));
        List<String> seen = new ArrayList<>();

        // docs:start entries
        for (EntryMetadata entry : cache.entries(EntryQuery.all().withAttribute("stage", "production"))) {
            seen.add(entry.keyParameters() + " takes " + entry.sizeBytes() + " bytes");
        }
        Optional<CacheEntry<Model>> entry = cache.getEntry(key);
        // docs:end entries

        assertThat(seen).singleElement().asString().startsWith("{algorithm=xgboost, dataset=train} takes ");
        assertThat(entry).isPresent();
    }

    @Test
    void invalidate() {
        var key = new ModelKey("xgboost", "train");
        cache.put(key, new Model("xgboost-1", 0.93));

        // docs:start invalidate
        boolean removed = cache.invalidate(key);
        int others = cache.invalidateNamespace(key.keyNamespace());
        // docs:end invalidate

        assertThat(removed).isTrue();
        assertThat(others).isZero();
    }

    private static Model train(String algorithm, String dataset) {
        return new Model(algorithm + "-" + dataset, 0.9);
    }
}
