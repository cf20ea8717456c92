package dev.cacheness.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class MemoryCachenessTests extends CachenessContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.inMemory();
    }

    @Test
    void noFileIsTouched() {
        cache.put(new ImageKey("large"), new byte[5_000_000]);

        Assertions.assertThat(Files.exists(Path.of("cache"))).isFalse();
    }
}
