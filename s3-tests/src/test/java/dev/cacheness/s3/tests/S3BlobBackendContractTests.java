package dev.cacheness.s3.tests;

import static org.awaitility.Awaitility.await;

import dev.cacheness.Durability;
import dev.cacheness.contract.BlobBackendContract;
import dev.cacheness.internal.jdbc.SqliteMetadataBackendProvider;
import dev.cacheness.internal.s3.S3BlobBackendProvider;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobIntents;
import dev.cacheness.spi.MetadataBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every blob backend does, done by a bucket. */
class S3BlobBackendContractTests extends BlobBackendContract {

    private static S3Server server;

    @TempDir
    Path directory;

    private MetadataBackend index;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
        try (var client = server.client()) {
            client.createBucket(request -> request.bucket("contract"));
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeIndex() {
        index.close();
    }

    @Override
    protected BlobBackend open() {
        index = new SqliteMetadataBackendProvider().open(settings(Map.of()));
        BlobBackend blobs =
                new S3BlobBackendProvider().open(settings(server.options("contract", "intent-lease", "300ms")));
        BlobIntents intents = index.unwrap(BlobIntents.class).orElseThrow();
        blobs.useIntents(intents);
        return new Sweepable(blobs, intents);
    }

    @Override
    protected boolean tellsWhatItDeleted() {
        return false;
    }

    private BackendSettings settings(Map<String, String> options) {
        return new BackendSettings(directory, Durability.PROCESS, InstantSource.system(), options);
    }

    /** Sweeps when the intents of closed writers have ended, which those of open ones have not. */
    private record Sweepable(BlobBackend blobs, BlobIntents intents) implements BlobBackend {

        @Override
        public String name() {
            return blobs.name();
        }

        @Override
        public BlobWriter create() throws IOException {
            return blobs.create();
        }

        @Override
        public BlobReader open(String blobId) throws IOException {
            return blobs.open(blobId);
        }

        @Override
        public boolean delete(String blobId) throws IOException {
            return blobs.delete(blobId);
        }

        @Override
        public int sweep(References references) throws IOException {
            long begin = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - begin > Duration.ofMillis(700).toNanos());
            return blobs.sweep(references);
        }

        @Override
        public void close() {
            blobs.close();
        }
    }
}
