package dev.cacheness.internal.metadata;

import dev.cacheness.contract.MetadataBackendContract;
import dev.cacheness.spi.MetadataBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonMetadataBackendTests extends MetadataBackendContract {

    @TempDir
    Path directory;

    @Override
    protected MetadataBackend open() {
        return JournalFixture.open(directory);
    }
}
