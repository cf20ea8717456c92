package dev.cacheness.jpa;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;
import java.util.Map;

class PostgresqlCacheEntryRepositoryIT extends CacheEntryRepositoryContract {

    @Override
    CachenessBuilder builder(Path directory) {
        PostgresqlServer.execute("drop schema if exists repository cascade");
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(Map.of(
                        "url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", "repository"));
    }
}
