package dev.cacheness.engine;

import static dev.cacheness.PutOption.customMetadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.CustomMetadataQuery.Match;
import dev.cacheness.Unique;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every cache does with custom metadata that outlives it. */
abstract class DurableCustomMetadataContract extends CustomMetadataContract {

    @CustomMetadata("runs")
    record LaterRun(int number, boolean good, @Nullable String note) {}

    @CustomMetadata("runs")
    record ShorterRun(@Nullable String note) {}

    @CustomMetadata("runs")
    record ChangedRun(String number) {}

    @CustomMetadata("runs")
    record UniqueRun(@Unique int number) {}

    @Test
    void rowsAreThereAfterReopeningAlsoForThoseWhoDoNotKnowTheRecord() {
        String digest = put(1, new Run(7));
        cache.close();

        try (Cacheness again = open(builder(directory.resolve("cache")))) {
            assertThat(again.query("runs", Map.of("number", 7)))
                    .containsExactly(Map.of("digest", digest, "number", 7L));
            assertThat(again.query(Run.class).list()).containsExactly(new Match<>(digest, new Run(7)));
        }
    }

    @Test
    void newComponentsBecomeColumnsThatAreNullInOlderRows() {
        String digest = put(1, new Run(7));
        cache.close();

        try (Cacheness later = open(builder(directory.resolve("cache")))) {
            assertThat(later.query(LaterRun.class).isNull("good").list())
                    .containsExactly(new Match<>(digest, new LaterRun(7, false, null)));
            later.put(key(2), "b", customMetadata(new LaterRun(8, true, "n")));
            assertThat(later.query(LaterRun.class).equalTo("note", "n").count()).isEqualTo(1);
        }
        try (Cacheness earlier = open(builder(directory.resolve("cache")))) {
            assertThat(numbers(earlier.query(Run.class))).containsExactly(7, 8);
        }
    }

    @Test
    void componentsThatAreGoneLeaveTheirColumns() {
        put(1, new Run(7));
        cache.close();

        try (Cacheness later = open(builder(directory.resolve("cache")))) {
            later.put(key(2), "b", customMetadata(new ShorterRun("n")));
            assertThat(later.query("runs", Map.of("number", 7))).hasSize(1);
            assertThat(later.query("runs", Map.of("note", "n")))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("number", null));
        }
    }

    @Test
    void componentOfAnotherTypeIsRefused() {
        put(1, new Run(7));
        cache.close();

        Cacheness later = open(builder(directory.resolve("cache")));
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> later.put(key(2), "b", customMetadata(new ChangedRun("n"))))
                .withMessageContaining("'number'")
                .withMessageContaining("'runs'")
                .withMessageContaining("WHOLE")
                .withMessageContaining("TEXT");
        assertThatExceptionOfType(CacheMetadataException.class)
                .isThrownBy(() -> later.query(ChangedRun.class).list());
        assertThat(later.exists(key(2))).isFalse();
        assertThat(later.exists(key(1))).isTrue();
    }

    @Test
    void uniquenessComesAndGoesWithTheRecord() {
        put(1, new Run(7));
        put(2, new Run(7));
        cache.close();

        try (Cacheness later = open(builder(directory.resolve("cache")))) {
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> later.query(UniqueRun.class).list())
                    .withMessageContaining("'number'");
            later.invalidate(key(2));
            later.put(key(3), "c", customMetadata(new UniqueRun(8)));
            assertThatExceptionOfType(CacheMetadataException.class)
                    .isThrownBy(() -> later.put(key(4), "c", customMetadata(new UniqueRun(8))));
        }
        try (Cacheness earlier = open(builder(directory.resolve("cache")))) {
            earlier.put(key(4), "c", customMetadata(new Run(8)));
            assertThat(numbers(earlier.query(Run.class))).containsExactly(7, 8, 8);
        }
    }

    @Test
    void rowsGoWithEntriesOfAnEarlierTime() {
        put(1, new Run(7));
        put(2, new Run(8));
        put(3, new Run(9));
        cache.close();

        try (Cacheness later = open(builder(directory.resolve("cache")))) {
            later.put(key(1), "b");
            later.invalidate(key(2));
            later.updateMetadata(key(3), Map.of("a", 1));
            assertThat(later.query("runs", Map.of()))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("number", 9L));
        }
        try (Cacheness later = open(builder(directory.resolve("cache")))) {
            assertThat(numbers(later.query(Run.class))).containsExactly(9);
            assertThat(later.query(Run.class).invalidate()).isEqualTo(1);
        }
        assertThat(open(builder(directory.resolve("cache"))).query("runs", Map.of()))
                .isEmpty();
    }
}
