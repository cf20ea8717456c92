package dev.cacheness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Cacheness;
import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheMigrationIT {

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

            CacheMigration.from(source).to(onPostgresql()).run();
            CacheMigration.from(onPostgresql()).to(back).run();

            try (Cacheness target = onPostgresql().build()) {
                TransferFixture.assertSame(target, source);
                assertThat(target.stats().metadataBackend()).isEqualTo("postgresql");
            }
            TransferFixture.assertSame(back, source);
        }
    }
}
