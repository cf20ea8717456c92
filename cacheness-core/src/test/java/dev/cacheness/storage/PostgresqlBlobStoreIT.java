package dev.cacheness.storage;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.BlobStoreBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class PostgresqlBlobStoreIT {

    private static BlobStoreBuilder onPostgresql(Path directory) {
        PostgresqlServer.execute("drop schema if exists cacheness_blobs cascade");
        return BlobStoreBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER));
    }

    @Nested
    class Values extends BlobStoreContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return onPostgresql(directory);
        }
    }

    @Nested
    class Versions extends VersionsContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return onPostgresql(directory);
        }
    }

    @Nested
    class Contents extends ContentAddressableContract {

        @Override
        BlobStoreBuilder builder(Path directory) {
            return onPostgresql(directory);
        }
    }
}
