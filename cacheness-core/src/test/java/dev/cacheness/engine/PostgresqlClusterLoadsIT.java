package dev.cacheness.engine;

import dev.cacheness.contract.PostgresqlServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlClusterLoadsIT extends ClusterLoadsContract {

    /** Every test has tables of its own. */
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final String schema = "cluster_loads_" + SCHEMAS.incrementAndGet();

    @TempDir
    Path directory;

    @Override
    CachenessBuilder builder() {
        return CachenessBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(
                        Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER, "schema", schema));
    }
}
