package dev.cacheness.s3.tests;

import dev.cacheness.sample.ClusterContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/** Large values of the sample application in a bucket. Its instances have no directory in common. */
class S3ClusterIT extends ClusterContract {

    private static final String BUCKET = "cluster";

    private S3Server server;

    private S3Client client;

    @BeforeEach
    void createBucket() {
        server = S3Server.start();
        client = server.client();
        client.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.close();
    }

    @Override
    protected Map<String, String> environment(Path own) {
        return Map.of(
                "CACHENESS_DIR",
                own.resolve("cache").toString(),
                "CLUSTER_BUCKET",
                BUCKET,
                "CLUSTER_ENDPOINT",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.USER,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET);
    }

    @Override
    protected List<String> largeValues() {
        return S3Server.blobs(client, BUCKET).stream()
                .filter(key -> key.startsWith("cache/"))
                .toList();
    }
}
