package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.BackendSettings;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens the backend with a client of its own. Loads without the SDK, and says what is missing when it is asked to open. */
public final class S3BlobBackendProvider implements BlobBackendProvider {

    static final String NAME = "s3";

    static final String DESCRIPTION = "Objects in an S3 bucket, which processes of many hosts may share";

    private static final Map<String, String> LIBRARIES = libraries();

    private static Map<String, String> libraries() {
        var libraries = new LinkedHashMap<String, String>();
        libraries.put("software.amazon.awssdk.services.s3.S3Client", "software.amazon.awssdk:s3");
        libraries.put(
                "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient",
                "software.amazon.awssdk:url-connection-client");
        return libraries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return DESCRIPTION;
    }

    @Override
    public List<String> requiredArtifacts() {
        return List.copyOf(LIBRARIES.values());
    }

    @Override
    public BlobBackend open(BackendSettings settings) {
        requireLibraries();
        S3Settings options = S3Settings.of(settings.options());
        return S3Opening.open(options, S3Clients.create(options), true, settings.clock());
    }

    private static void requireLibraries() {
        List<String> missing = new ArrayList<>();
        LIBRARIES.forEach((name, artifact) -> {
            if (!isPresent(name)) {
                missing.add(artifact);
            }
        });
        if (!missing.isEmpty()) {
            throw new CacheConfigurationException(
                    "cacheness.blob.backend",
                    NAME,
                    "It needs what is not on the class path: " + String.join(", ", missing) + ".",
                    "Add the dependency, or choose another backend.");
        }
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, S3BlobBackendProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
