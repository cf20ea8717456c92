package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataBackendTests extends MetadataBackendContract {

    @TempDir
    Path directory;

    @Override
    protected MetadataBackend open() {
        return SqliteFixture.open(directory);
    }
}
