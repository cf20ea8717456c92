package dev.cacheness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkFillTests {

    @Test
    void copiesAreEntriesOfTheCache(@TempDir Path directory) throws SQLException {
        BulkFill.fill(directory, 1_000);

        try (Cacheness cache = CachenessBuilder.at(directory).build()) {
            assertThat(cache.stats().entries()).isEqualTo(1_000);
            assertThat(cache.get(SmallKey.of(0))).isPresent();
        }
    }
}
