package dev.cacheness.storage;

import dev.cacheness.contract.PostgresqlServer;
import dev.cacheness.engine.BlobStoreBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class PostgresqlBlobStoreIT {

    /** The first store of a test is in the schema that stores have by default. */
    private static BlobStoreBuilder onPostgresql(Path directory) {
        String name = directory.getFileName().toString();
        String schema = name.equals("store") ? "cacheness_blobs" : "cacheness_" + name;
        PostgresqlServer.execute("drop schema if exists " + schema + " cascade");
        BlobStoreBuilder builder = BlobStoreBuilder.at(directory)
                .metadataBackend("postgresql")
                .metadataOptions(Map.of("url", PostgresqlServer.url(), "username", PostgresqlServer.USER));
        return name.equals("store") ? builder : builder.metadataOptions(Map.of("schema", schema));
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
