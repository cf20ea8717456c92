package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.s3.S3Blobs;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import software.amazon.awssdk.services.s3.S3Client;

/** Where blobs are in a bucket, decides who calls: the client of the application, or one made by the options where they say how to reach the server. */
final class BlobBucket {

    static final String S3 = "s3";

    private static final List<String> CONNECTION =
            List.of("region", "endpoint", "path-style", "access-key-id", "secret-access-key");

    private static final boolean SDK =
            ClassUtils.isPresent("software.amazon.awssdk.services.s3.S3Client", BlobBucket.class.getClassLoader());

    private final CachenessProperties.Blob blob;

    private final ConfigurableListableBeanFactory beanFactory;

    BlobBucket(CachenessProperties.Blob blob, ConfigurableListableBeanFactory beanFactory) {
        this.blob = blob;
        this.beanFactory = beanFactory;
    }

    void addTo(CachenessBuilder builder) {
        if (SDK
                && S3.equals(blob.backend())
                && Collections.disjoint(blob.options().keySet(), CONNECTION)) {
            ClientOfTheApplication.addTo(builder, beanFactory);
        }
    }

    /** Loaded only where the SDK is. */
    private static final class ClientOfTheApplication {

        static void addTo(CachenessBuilder builder, ConfigurableListableBeanFactory beanFactory) {
            ObjectProvider<S3Client> clients = beanFactory.getBeanProvider(S3Client.class);
            try {
                clients.ifAvailable(client -> builder.register(S3Blobs.provider(client)));
            } catch (NoUniqueBeanDefinitionException e) {
                throw new CacheConfigurationException(
                        "cacheness.blob.backend",
                        S3,
                        "There are several beans of type S3Client, and none is the primary one: "
                                + String.join(", ", beanFactory.getBeanNamesForType(S3Client.class)) + ".",
                        "Mark one as primary, or set cacheness.blob.options.region so that the cache makes its own.",
                        e);
            }
        }
    }
}
