package dev.cacheness.s3.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheStorageException;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.s3.S3Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A cache whose blobs are in a bucket. */
class S3CacheTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("model", "xgboost").as(byte[].class);

    private static S3Server server;

    private static S3Client client;

    private static int buckets;

    @TempDir
    Path directory;

    private String bucket;

    @BeforeAll
    static void startServer() {
        server = S3Server.start();
        client = server.client();
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close();
    }

    @BeforeEach
    void createBucket() {
        bucket = "bucket-" + ++buckets;
        client.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void valueIsThereAfterARestart() {
        byte[] value = noise(100_000);
        try (Cacheness cache = open()) {
            cache.put(KEY, value);
            assertThat(cache.get(KEY)).hasValue(value);
        }

        try (Cacheness cache = open()) {
            assertThat(cache.get(KEY)).hasValue(value);
            assertThat(cache.verify().isSound()).isTrue();
        }
    }

    @Test
    void largeValueGoesInPartsAndComesBackWhole() {
        byte[] value = noise(17_000_001);
        try (Cacheness cache = open("multipart-threshold", "10MB", "part-size", "5MB")) {
            cache.put(KEY, value);

            assertThat(cache.get(KEY)).hasValue(value);
        }
        assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                        .uploads())
                .isEmpty();
    }

    @Test
    void replacedAndInvalidatedValuesLeaveNoObject() {
        try (Cacheness cache = open()) {
            cache.put(KEY, noise(100_000));
            cache.put(KEY, noise(110_000));
            assertThat(S3Server.blobs(client, bucket)).hasSize(1);

            cache.invalidate(KEY);

            assertThat(S3Server.blobs(client, bucket)).isEmpty();
        }
    }

    @Test
    void streamThatFailsInTheMiddleLeavesNothing() {
        CacheKey<InputStream> key = CacheKey.of("stream", 1).as(InputStream.class);
        InputStream broken = new InputStream() {
            private int left = 12_000_000;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("The source broke off");
                }
                return left & 0xff;
            }
        };
        try (Cacheness cache = open("multipart-threshold", "5MB", "part-size", "5MB")) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> cache.put(key, broken));

            assertThat(S3Server.blobs(client, bucket)).isEmpty();
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .isEmpty();
        }
    }

    @Test
    void cachesOfOneBucketLeaveEachOtherAlone() {
        client.putObject(request -> request.bucket(bucket).key("b/foreign"), RequestBody.fromString("mine"));
        byte[] value = noise(100_000);
        try (Cacheness other = cache(directory.resolve("b"), server.options(bucket, "prefix", "b"))) {
            other.put(KEY, value);
            try (Cacheness cache = cache(directory.resolve("a"), server.options(bucket, "prefix", "a"))) {
                cache.put(KEY, noise(110_000));
                cache.clear();
                cache.repair();
            }

            assertThat(other.get(KEY)).hasValue(value);
            assertThat(S3Server.keys(client, bucket)).contains("a/LAYOUT", "b/LAYOUT", "b/foreign");
            assertThat(S3Server.blobs(client, bucket)).hasSize(1).allMatch(key -> key.startsWith("b/blobs/"));
        }
    }

    @Test
    void clientOfTheApplicationIsUsedAndStaysOpen() {
        try (Cacheness cache = CachenessBuilder.at(directory)
                .register(S3Blobs.provider(client))
                .blobBackend("s3")
                .blobOptions(Map.of("bucket", bucket))
                .build()) {
            cache.put(KEY, noise(100_000));
        }

        assertThat(S3Server.blobs(client, bucket)).hasSize(1);
    }

    @Test
    void optionOfTheClientIsRefusedWhereOneIsGiven() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> CachenessBuilder.at(directory)
                        .register(S3Blobs.provider(client))
                        .blobBackend("s3")
                        .blobOptions(Map.of("bucket", bucket, "region", "eu-central-1"))
                        .build())
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.blob.options.region"));
    }

    @Test
    void indexWithoutIntentsIsRefusedAtTheStart() {
        for (String index : new String[] {"json", "memory"}) {
            assertThatExceptionOfType(CacheConfigurationException.class)
                    .as(index)
                    .isThrownBy(() -> CachenessBuilder.at(directory.resolve(index))
                            .metadataBackend(index)
                            .blobBackend("s3")
                            .blobOptions(server.options(bucket))
                            .build())
                    .satisfies(ex -> assertThat(ex.getMessage()).contains("sqlite or postgresql", index));
        }
    }

    @Test
    void missingBucketIsNamedAtTheStart() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> cache(directory, server.options("no-such-bucket")))
                .satisfies(ex -> assertThat(ex.getMessage())
                        .startsWith("cacheness.blob.options.bucket=no-such-bucket: There is no such bucket."));
        assertThat(directory.resolve("blobs")).doesNotExist();
    }

    @Test
    void wrongCredentialsAreToldAtTheStartAndNotShown() {
        for (String option : new String[] {"access-key-id", "secret-access-key"}) {
            assertThatExceptionOfType(CacheConfigurationException.class)
                    .as(option)
                    .isThrownBy(() -> cache(directory, server.options(bucket, option, "wrong-one")))
                    .satisfies(ex -> assertThat(ex.getMessage())
                            .contains("cacheness.blob.options.")
                            .doesNotContain("wrong-one", S3Server.SECRET));
        }
    }

    @Test
    void bucketThatCannotBeWrittenIsToldAtTheStart() throws IOException {
        byte[] refusal =
                "<Error><Code>AccessDenied</Code><Message>no</Message></Error>".getBytes(StandardCharsets.UTF_8);
        HttpServer readOnly = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        readOnly.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(403, refusal.length);
            exchange.getResponseBody().write(refusal);
            exchange.close();
        });
        readOnly.start();
        try {
            String endpoint = "http://127.0.0.1:" + readOnly.getAddress().getPort();
            assertThatExceptionOfType(CacheConfigurationException.class)
                    .isThrownBy(() -> cache(directory, server.options(bucket, "endpoint", endpoint)))
                    .withMessageContaining("The caller may not read and write under s3://" + bucket + "/");
        } finally {
            readOnly.stop(0);
        }
    }

    @Test
    void prefixOfAnotherKindOfDataIsRefused() {
        client.putObject(request -> request.bucket(bucket).key("x/LAYOUT"), RequestBody.fromString("a picture"));

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> cache(directory, server.options(bucket, "prefix", "x")))
                .withMessageContaining("not one of Cacheness");
    }

    @Test
    void newerLayoutIsRefusedAndStays() {
        client.putObject(request -> request.bucket(bucket).key("LAYOUT"), RequestBody.fromString("cacheness 2\n"));

        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(this::open)
                .withMessageContaining("It has layout 2");
        assertThat(client.getObjectAsBytes(request -> request.bucket(bucket).key("LAYOUT"))
                        .asUtf8String())
                .isEqualTo("cacheness 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "a/../b", "/a", "a//b", "a\u0000b", "a\\b", "ä", "./a"})
    void prefixThatLeadsElsewhereIsRefused(String prefix) {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> cache(directory, server.options(bucket, "prefix", prefix)))
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.blob.options.prefix"));
        assertThat(S3Server.keys(client, bucket)).isEmpty();
    }

    @Test
    void serverThatIsAwayIsToldAtTheStart() {
        assertThatExceptionOfType(CacheStorageException.class)
                .isThrownBy(() ->
                        cache(directory, server.options(bucket, "endpoint", "http://127.0.0.1:1", "max-retries", "0")))
                .withMessageContaining("s3://" + bucket);
    }

    @Test
    void serverThatGoesAwayMakesMissesAndIsLeftAloneForAWhile() {
        try (S3Server other = S3Server.start();
                S3Client itsClient = other.client()) {
            itsClient.createBucket(request -> request.bucket(bucket));
            try (Cacheness cache = cache(directory, other.options(bucket))) {
                byte[] value = noise(100_000);
                cache.put(KEY, value);
                other.stop();

                long begin = System.nanoTime();
                Lookup<byte[]> first = cache.lookup(KEY);
                long afterFirst = System.nanoTime();
                Lookup<byte[]> second = cache.lookup(KEY);
                long afterSecond = System.nanoTime();

                assertThat(first).isEqualTo(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN));
                assertThat(second).isEqualTo(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN));
                assertThat(Duration.ofNanos(afterFirst - begin)).isLessThan(Duration.ofMillis(2_500));
                assertThat(Duration.ofNanos(afterSecond - afterFirst)).isLessThan(Duration.ofMillis(500));
                assertThat(cache.getOrCompute(KEY, key -> new byte[] {1})).containsExactly(1);
            }
        }
    }

    @Test
    void serverThatDoesNotAnswerIsAMissWithinTheTimeLimit() throws IOException {
        byte[] layout = "cacheness 1\n".getBytes(StandardCharsets.UTF_8);
        var released = new CountDownLatch(1);
        HttpServer silent = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        silent.setExecutor(threads);
        silent.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean get = exchange.getRequestMethod().equals("GET");
            if (get && !exchange.getRequestURI().getPath().endsWith("LAYOUT")) {
                awaitQuietly(released);
            }
            exchange.sendResponseHeaders(200, get ? layout.length : -1);
            if (get) {
                exchange.getResponseBody().write(layout);
            }
            exchange.close();
        });
        silent.start();
        String endpoint = "http://127.0.0.1:" + silent.getAddress().getPort();
        try (Cacheness cache = cache(directory, server.options(bucket, "endpoint", endpoint, "get-timeout", "500ms"))) {
            cache.put(KEY, noise(100_000));

            long begin = System.nanoTime();
            Lookup<byte[]> first = cache.lookup(KEY);
            long afterFirst = System.nanoTime();
            Lookup<byte[]> second = cache.lookup(KEY);
            long afterSecond = System.nanoTime();

            assertThat(first).isEqualTo(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN));
            assertThat(second).isEqualTo(new Lookup.Miss<byte[]>(MissReason.BACKEND_DOWN));
            assertThat(Duration.ofNanos(afterFirst - begin))
                    .isBetween(Duration.ofMillis(450), Duration.ofMillis(2_000));
            assertThat(Duration.ofNanos(afterSecond - afterFirst)).isLessThan(Duration.ofMillis(300));
        } finally {
            released.countDown();
            silent.stop(0);
            threads.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Cacheness open(String... options) {
        return cache(directory, server.options(bucket, options));
    }

    private static Cacheness cache(Path directory, Map<String, String> options) {
        return CachenessBuilder.at(directory)
                .blobBackend("s3")
                .blobOptions(options)
                .codec("none")
                .build();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
