package dev.cacheness.jpa;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheEntryRepositoryTests extends CacheEntryRepositoryContract {

    @Override
    CachenessBuilder builder(Path directory) {
        return CachenessBuilder.at(directory);
    }

    @Test
    void indexThatIsNoDatabaseIsRefusedByName() {
        try (Cacheness memory = CachenessBuilder.inMemory().build();
                MetadataPersistence ofMemory = MetadataPersistence.of(memory)) {
            assertThatExceptionOfType(CacheConfigurationException.class)
                    .isThrownBy(() -> ofMemory.entries().count())
                    .withMessageContaining("cacheness.metadata.backend=memory")
                    .withMessageContaining("sqlite");
        }
    }
}
