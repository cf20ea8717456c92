package dev.cacheness.engine;

import static dev.cacheness.PutOption.customMetadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.CustomMetadata;
import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheMigrationIT {

    @CustomMetadata("travelled")
    record Run(String author, int epochs) {}

    private static final CacheKey<String> MODEL = CacheKey.of("model", 1).as(String.class);

    private static final String SCHEMA = "migrated";

    @TempDir
    Path directory;

    private CachenessBuilder onPostgresql() {
        return CachenessBuilder.at(directory.resolve("target"))
                .metadataBackend("postgresql")
                .metadataOptions(
                        Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", SCHEMA));
    }

    @Test
    void entriesOfSqliteGoIntoPostgresqlAndBack() {
        PostgresqlServer.execute("drop schema if exists " + SCHEMA + " cascade");
        try (Cacheness source = CachenessBuilder.at(directory.resolve("source")).build();
                Cacheness back = CachenessBuilder.inMemory().build()) {
            TransferFixture.fill(source);
            source.put(MODEL, "weights", customMetadata(new Run("ada", 40)));

            CacheMigration.from(source).to(onPostgresql()).run();
            CacheMigration.from(onPostgresql()).to(back).run();

            try (Cacheness target = onPostgresql().build()) {
                TransferFixture.assertSame(target, source);
                assertThat(target.query(Run.class).atLeast("epochs", 40).count())
                        .isEqualTo(1);
                assertThat(target.stats().metadataBackend()).isEqualTo("postgresql");
            }
            TransferFixture.assertSame(back, source);
            assertThat(back.query(Run.class).list())
                    .extracting(match -> match.record())
                    .containsExactly(new Run("ada", 40));
        }
    }
}
