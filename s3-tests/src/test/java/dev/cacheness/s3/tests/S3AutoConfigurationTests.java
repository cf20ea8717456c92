package dev.cacheness.s3.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessBlobStoreAutoConfiguration;
import dev.cacheness.storage.BlobStore;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** Blobs in a bucket, by properties and by a bean of the application. */
@ExtendWith(OutputCaptureExtension.class)
class S3AutoConfigurationTests {

    private static final CacheKey<byte[]> KEY = CacheKey.of("report", 2026).as(byte[].class);

    private static S3Server server;

    private static S3Client client;

    private static int buckets;

    @TempDir
    Path directory;

    private String bucket;

    private ApplicationContextRunner runner;

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
        bucket = "boot-" + ++buckets;
        client.createBucket(request -> request.bucket(bucket));
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachenessAutoConfiguration.class))
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory,
                        "cacheness.blob.backend=s3",
                        "cacheness.blob.options.bucket=" + bucket);
    }

    @Test
    void propertiesAreEnough() {
        runner.withPropertyValues(
                        "cacheness.blob.options.endpoint=" + server.endpoint(),
                        "cacheness.blob.options.access-key-id=" + S3Server.USER,
                        "cacheness.blob.options.secret-access-key=" + S3Server.SECRET,
                        "cacheness.blob.options.prefix=team/cache")
                .run(context -> {
                    context.getBean(Cacheness.class).put(KEY, noise());

                    assertThat(S3Server.blobs(client, bucket))
                            .singleElement()
                            .asString()
                            .startsWith("team/cache/blobs/");
                    assertThat(context).doesNotHaveBean(S3Client.class);
                });
    }

    @Test
    void clientOfTheApplicationIsUsed() {
        runner.withBean("s3Client", S3Client.class, () -> server.client()).run(context -> {
            context.getBean(Cacheness.class).put(KEY, noise());

            assertThat(S3Server.blobs(client, bucket)).hasSize(1);
        });
    }

    @Test
    void storeOfArtifactsUsesTheClientOfTheApplicationToo() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachenessBlobStoreAutoConfiguration.class))
                .withBean("s3Client", S3Client.class, () -> server.client())
                .withPropertyValues(
                        "cacheness.blob-store.dir=" + directory.resolve("artifacts"),
                        "cacheness.blob-store.blob.backend=s3",
                        "cacheness.blob-store.blob.options.bucket=" + bucket,
                        "cacheness.blob-store.blob.options.prefix=artifacts")
                .run(context -> {
                    context.getBean(BlobStore.class).put("report", noise());

                    assertThat(S3Server.blobs(client, bucket))
                            .singleElement()
                            .asString()
                            .startsWith("artifacts/blobs/");
                });
    }

    @Test
    void oneOfSeveralClientsMustBePrimary() {
        runner.withBean("first", S3Client.class, () -> server.client())
                .withBean("second", S3Client.class, () -> server.client())
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("There are several beans of type S3Client"));
    }

    @Test
    void missingBucketStopsTheStartWithPropertyValueAndAction(CapturedOutput output) {
        var application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);

        Throwable failure = catchThrowable(() -> application.run(
                "--cacheness.storage.dir=" + directory,
                "--cacheness.blob.backend=s3",
                "--cacheness.blob.options.bucket=nobodys",
                "--cacheness.blob.options.endpoint=" + server.endpoint(),
                "--cacheness.blob.options.access-key-id=" + S3Server.USER,
                "--cacheness.blob.options.secret-access-key=" + S3Server.SECRET));

        assertThat(failure).hasRootCauseInstanceOf(Exception.class);
        assertThat(failure).hasStackTraceContaining(CacheConfigurationException.class.getName());
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("cacheness.blob.options.bucket")
                .contains("nobodys")
                .contains("There is no such bucket.")
                .contains("Create it, or name another one.")
                .doesNotContain(S3Server.SECRET);
    }

    private static byte[] noise() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CachenessAutoConfiguration.class)
    static class Application {}
}
