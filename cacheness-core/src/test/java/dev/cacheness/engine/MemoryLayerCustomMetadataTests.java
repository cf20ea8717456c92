package dev.cacheness.engine;

import static dev.cacheness.PutOption.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The memory layer leaves custom metadata and attributes to the index, and forgets the rows that they change. */
class MemoryLayerCustomMetadataTests extends CustomMetadataContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory).memoryLayer(MemoryLayerSettings.DEFAULT);
    }

    @Test
    void removedAndReplacedEntriesAreForgotten() {
        put(1, new Run(1));
        put(2, new Run(2));
        assertThat(cache.get(key(1))).isPresent();
        assertThat(cache.get(key(2))).contains("value 2");

        cache.query(Run.class).equalTo("number", 1).invalidate();
        cache.put(key(2), "other", attribute("a", 1));
        cache.updateMetadata(key(2), Map.of("a", 2));

        assertThat(cache.get(key(1))).isEmpty();
        assertThat(cache.get(key(2))).contains("other");
        assertThat(cache.metadata(key(2)).orElseThrow().attributes()).containsEntry("a", 2L);
    }
}
