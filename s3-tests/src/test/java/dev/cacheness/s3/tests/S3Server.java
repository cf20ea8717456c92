package dev.cacheness.s3.tests;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server in this process that keeps its buckets on the heap. */
final class S3Server implements AutoCloseable {

    static final String USER = "tester";

    static final String SECRET = "not-a-secret";

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    static S3Server start() {
        try {
            S3Proxy server = S3Proxy.builder()
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, USER, SECRET)
                    .blobStore(new TransientNio2BlobStore())
                    .v4MaxNonChunkedRequestSize(256L << 20)
                    .build();
            server.start();
            return new S3Server(server);
        } catch (Exception ex) {
            throw new IllegalStateException("The server did not start", ex);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Options of a backend that makes its own client. */
    Map<String, String> options(String bucket, String... more) {
        var options = new LinkedHashMap<String, String>();
        options.put("endpoint", endpoint().toString());
        options.put("bucket", bucket);
        options.put("access-key-id", USER);
        options.put("secret-access-key", SECRET);
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    S3Client client() {
        return client(UrlConnectionHttpClient.create());
    }

    /** A client that does not wait long before it tries again. */
    S3Client client(SdkHttpClient transport) {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, SECRET)))
                .httpClient(transport)
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                        .maxAttempts(4)
                        .circuitBreakerEnabled(false)
                        .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(1), Duration.ofMillis(4)))
                        .throttlingBackoffStrategy(
                                BackoffStrategy.exponentialDelay(Duration.ofMillis(1), Duration.ofMillis(4)))
                        .retryOnException(S3Server::isTemporary)
                        .build()))
                .build();
    }

    private static boolean isTemporary(Throwable failure) {
        return !(failure instanceof software.amazon.awssdk.awscore.exception.AwsServiceException service)
                || service.statusCode() >= 500;
    }

    static List<String> keys(S3Client client, String bucket) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    static List<String> blobs(S3Client client, String bucket) {
        return keys(client, bucket).stream()
                .filter(key -> key.contains("blobs/"))
                .toList();
    }

    @Override
    public void close() {
        stop();
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception ex) {
            throw new IllegalStateException("The server did not stop", ex);
        }
    }
}
