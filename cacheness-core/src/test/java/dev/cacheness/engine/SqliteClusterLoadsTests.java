package dev.cacheness.engine;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteClusterLoadsTests extends ClusterLoadsContract {

    @TempDir
    Path directory;

    @Override
    CachenessBuilder builder() {
        return CachenessBuilder.at(directory);
    }
}
