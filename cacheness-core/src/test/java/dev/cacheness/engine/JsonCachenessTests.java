package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonCachenessTests extends CachenessContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory).metadataBackend("json");
    }

    /** One after the other, for a journal has one owner at a time. */
    @Test
    @Override
    void missingHandlerIsAMissAndTheEntryStays() {
        Path shared = directory.resolve("shared");
        try (Cacheness writing = open(builder(shared))) {
            writing.put(new ModelKey("m", 1), "a");
        }

        try (Cacheness without = open(builder(shared).disabledHandlers(List.of("text")))) {
            assertThat(without.lookup(new ModelKey("m", 1))).isEqualTo(new Lookup.Miss<>(MissReason.REFUSED));
        }

        assertThat(open(builder(shared)).get(new ModelKey("m", 1))).contains("a");
    }
}
