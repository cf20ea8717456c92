package dev.cacheness.storage;

import dev.cacheness.engine.BlobStoreBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

class ContentAddressableTests {

    @Nested
    class OnSqlite extends ContentAddressableContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return BlobStoreBuilder.at(directory);
        }
    }

    @Nested
    class OnJson extends ContentAddressableContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return BlobStoreBuilder.at(directory).metadataBackend("json");
        }
    }

    @Nested
    class InMemory extends ContentAddressableContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return BlobStoreBuilder.inMemory();
        }
    }
}
