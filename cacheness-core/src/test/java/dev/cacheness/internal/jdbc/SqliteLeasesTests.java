package dev.cacheness.internal.jdbc;

import dev.cacheness.contract.LoadLeasesContract;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeasesTests extends LoadLeasesContract {

    @TempDir
    Path directory;

    @Override
    protected MetadataBackend openEmpty() {
        return SqliteFixture.open(directory);
    }

    @Override
    protected MetadataBackend openAgain() {
        return SqliteFixture.open(directory);
    }
}
