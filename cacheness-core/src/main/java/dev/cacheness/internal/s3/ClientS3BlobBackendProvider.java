package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the backend with a client of the application. */
public final class ClientS3BlobBackendProvider implements BlobBackendProvider {

    private final S3Client client;

    public ClientS3BlobBackendProvider(S3Client client) {
        this.client = client;
    }

    @Override
    public String name() {
        return S3BlobBackendProvider.NAME;
    }

    @Override
    public String description() {
        return S3BlobBackendProvider.DESCRIPTION;
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.of("software.amazon.awssdk:s3");
    }

    @Override
    public BlobBackend open(BackendSettings settings) {
        for (String option : S3Settings.CLIENT_OPTIONS) {
            if (settings.options().containsKey(option)) {
                throw new CacheConfigurationException(
                        S3Settings.PREFIX + option,
                        null,
                        "The s3 backend was given a client, which decides that.",
                        "Remove the option, or do not give the backend a client.");
            }
        }
        return S3Opening.open(S3Settings.of(settings.options()), client, false, settings.clock());
    }
}
