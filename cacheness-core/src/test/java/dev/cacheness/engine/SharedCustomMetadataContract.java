package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What caches of several processes do with custom metadata that they share. */
abstract class SharedCustomMetadataContract extends DurableCustomMetadataContract {

    @Test
    void putOfAProcessThatKnowsNoTablesReplacesRowsAllTheSame() {
        Cacheness other = open(builder(directory.resolve("cache")));
        other.put(key(1), "before");
        put(1, new Run(7));

        other.put(key(1), "after");

        assertThat(cache.query(Run.class).list()).isEmpty();
        other.putAll(Map.of(key(2), "b"));
        put(2, new Run(8));
        other.invalidateAll(List.of(key(2)));
        assertThat(cache.query("runs", Map.of())).isEmpty();
    }
}
