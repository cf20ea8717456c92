package dev.cacheness.s3;

import dev.cacheness.internal.s3.ClientS3BlobBackendProvider;
import dev.cacheness.spi.BlobBackendProvider;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3Client;

/** Blobs in a bucket that the application has a client for. */
public final class S3Blobs {

    private S3Blobs() {}

    /**
     * The provider of the backend {@code s3}, which calls through the client of the application. Region, credentials, endpoint and retries are the
     * client's; bucket, prefix, encryption, sizes and time limits of calls are options of the backend. It never closes the client.
     *
     * <p>A value that is being read may keep one connection of the client, so its pool must have more connections than values that are read at once.
     */
    public static BlobBackendProvider provider(S3Client client) {
        return new ClientS3BlobBackendProvider(Objects.requireNonNull(client, "client"));
    }
}
