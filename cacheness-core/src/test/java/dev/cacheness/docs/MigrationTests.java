package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryQuery;
import dev.cacheness.TransferReport;
import dev.cacheness.engine.CacheMigration;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class MigrationTests {

    private static final Logger log = LoggerFactory.getLogger(MigrationTests.class);

    @TempDir
    Path directory;

    @Test
    void migrate() {
        Path old = directory.resolve("old");
        Path next = directory.resolve("next");
        try (Cacheness cache = CachenessBuilder.at(old).metadataBackend("json").build()) {
            cache.put(CacheKey.of("day", 1), "value");
        }

        // docs:start migrate
        TransferReport report = CacheMigration.from(CachenessBuilder.at(old).metadataBackend("json"))
                .to(CachenessBuilder.at(next).metadataBackend("sqlite").codec("zstd"))
                .onProgress(progress -> log.debug("{} of {}", progress.done(), progress.total()))
                .run();
        // docs:end migrate

        assertThat(report.copied()).isEqualTo(1);
    }

    @Test
    void exportAndImport() {
        Path bundle = directory.resolve("weather.bundle");
        try (Cacheness cache = CachenessBuilder.inMemory().build();
                Cacheness other = CachenessBuilder.inMemory().build()) {
            cache.put(CacheKey.in("weather", Map.of("city", "Oslo")), "cold");

            // docs:start bundle
            cache.exportTo(EntryQuery.all().inNamespace("weather"), bundle);
            TransferReport report = other.importFrom(bundle);
            // docs:end bundle

            assertThat(report.copied()).isEqualTo(1);
        }
    }
}
