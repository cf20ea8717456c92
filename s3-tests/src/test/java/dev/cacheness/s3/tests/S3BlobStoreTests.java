package dev.cacheness.s3.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A store of artifacts whose bytes are in a bucket. */
class S3BlobStoreTests {

    private static S3Server server;

    private static S3Client client;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
        client = server.client();
        client.createBucket(request -> request.bucket("artifacts"));
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close();
    }

    @Test
    void versionsAreKeptAndGoWithTheirObjects() {
        try (BlobStore store = builder("versions").versions(true).build()) {
            store.put("model", noise(1));
            store.put("model", noise(2));

            assertThat(store.get("model", byte[].class)).hasValue(noise(2));
            assertThat(store.get("model", 1, byte[].class)).hasValue(noise(1));

            store.delete("model");

            assertThat(S3Server.blobs(client, "artifacts")).noneMatch(key -> key.startsWith("versions/"));
        }
    }

    @Test
    void equalContentIsOneObject() {
        try (BlobStore store = builder("contents").contentAddressable(true).build()) {
            String first = store.add(noise(1)).key();
            String second = store.add(noise(1)).key();

            assertThat(second).isEqualTo(first);
            assertThat(S3Server.blobs(client, "artifacts"))
                    .filteredOn(key -> key.startsWith("contents/"))
                    .hasSize(1);

            store.delete(first);
            assertThat(store.get(first, byte[].class)).hasValue(noise(1));
            store.delete(first);
            assertThat(S3Server.blobs(client, "artifacts")).noneMatch(key -> key.startsWith("contents/"));
        }
    }

    private BlobStoreBuilder builder(String prefix) {
        return BlobStoreBuilder.at(directory)
                .blobBackend("s3")
                .blobOptions(server.options("artifacts", "prefix", prefix));
    }

    private static byte[] noise(int seed) {
        byte[] bytes = new byte[100_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
