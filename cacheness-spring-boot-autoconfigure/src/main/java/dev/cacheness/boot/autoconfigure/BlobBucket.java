package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.s3.S3Blobs;
import dev.cacheness.spi.BlobBackendProvider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import software.amazon.awssdk.services.s3.S3Client;

/** Where blobs are in a bucket, decides who calls: the client of the application, or one made by the options where they say how to reach the server. */
final class BlobBucket {

    private static final String S3 = "s3";

    private static final List<String> CONNECTION =
            List.of("region", "endpoint", "path-style", "access-key-id", "secret-access-key");

    private static final boolean SDK =
            ClassUtils.isPresent("software.amazon.awssdk.services.s3.S3Client", BlobBucket.class.getClassLoader());

    private BlobBucket() {}

    /**
     * Offers the client of the application, if there is one and it is to be used.
     *
     * @param group the properties that these are from: {@code cacheness.blob}
     * @param backend the name of the blob backend
     * @param options its options
     * @param register takes the provider
     */
    static void offer(
            String group,
            @Nullable String backend,
            Map<String, String> options,
            ConfigurableListableBeanFactory beanFactory,
            Consumer<BlobBackendProvider> register) {
        if (SDK && S3.equals(backend) && Collections.disjoint(options.keySet(), CONNECTION)) {
            ClientOfTheApplication.offer(group, beanFactory, register);
        }
    }

    /** Loaded only where the SDK is. */
    private static final class ClientOfTheApplication {

        static void offer(
                String group, ConfigurableListableBeanFactory beanFactory, Consumer<BlobBackendProvider> register) {
            ObjectProvider<S3Client> clients = beanFactory.getBeanProvider(S3Client.class);
            try {
                clients.ifAvailable(client -> register.accept(S3Blobs.provider(client)));
            } catch (NoUniqueBeanDefinitionException e) {
                throw new CacheConfigurationException(
                        group + ".backend",
                        S3,
                        "There are several beans of type S3Client, and none is the primary one: "
                                + String.join(", ", beanFactory.getBeanNamesForType(S3Client.class)) + ".",
                        "Mark one as primary, or set " + group
                                + ".options.region so that a client is made by the options.",
                        e);
            }
        }
    }
}
