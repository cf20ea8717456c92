package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.jdbc.PostgresqlMetadata;
import dev.cacheness.spi.BackendDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTests {

    @TempDir
    Path directory;

    @Test
    void backendIsChosenByName() {
        CacheKey<String> key = CacheKey.of("report", 1).as(String.class);

        // docs:start json
        try (Cacheness cache =
                CachenessBuilder.at(directory).metadataBackend("json").build()) {
            cache.put(key, "text");
        }
        // docs:end json

        assertThat(directory.resolve("index.journal")).exists();
    }

    @Test
    void backendsAreListed() {
        // docs:start list
        List<BackendDescription> backends = CachenessBuilder.at(directory).metadataBackends();
        // docs:end list

        assertThat(backends).extracting(BackendDescription::name).contains("json", "memory", "postgresql", "sqlite");
    }

    @Test
    void postgresqlTakesAnAddressOrADataSource() {
        try (Cacheness cache = CachenessBuilder.at(directory).build()) {
            DataSource dataSource = cache.unwrap(DataSource.class).orElseThrow();

            assertThat(List.of(byAddress(directory), byDataSource(directory, dataSource)))
                    .allSatisfy(
                            builder -> assertThat(builder.metadataBackends()).isNotEmpty());
        }
    }

    private static CachenessBuilder byAddress(Path directory) {
        // docs:start address
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(Map.of(
                        "url", "jdbc:postgresql://db.example.com:5432/shop", "username", "cache", "schema", "cache"));
        // docs:end address
        return builder;
    }

    private static CachenessBuilder byDataSource(Path directory, DataSource dataSource) {
        // docs:start data-source
        CachenessBuilder builder = CachenessBuilder.at(directory)
                .register(PostgresqlMetadata.provider(dataSource))
                .metadataBackend("postgresql");
        // docs:end data-source
        return builder;
    }
}
