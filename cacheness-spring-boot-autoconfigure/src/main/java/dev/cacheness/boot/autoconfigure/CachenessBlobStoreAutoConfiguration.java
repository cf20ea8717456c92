package dev.cacheness.boot.autoconfigure;

import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.MetadataBackendProvider;
import dev.cacheness.spi.Upcaster;
import dev.cacheness.storage.BlobStore;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.ResourceLoader;

/** The store of artifacts, if {@code cacheness.blob-store.dir} or {@code cacheness.blob-store.blob.backend} says where it is. */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@Conditional(OnBlobStoreCondition.class)
@EnableConfigurationProperties({BlobStoreProperties.class, CachenessProperties.class})
public final class CachenessBlobStoreAutoConfiguration {

    /** Trusts the packages of the application unless others are named. Backends that are beans belong to the cache and are not shared; providers are. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    BlobStore blobStore(
            BlobStoreProperties properties,
            CachenessProperties cacheProperties,
            ResourceLoader resourceLoader,
            ConfigurableListableBeanFactory beanFactory,
            @CachenessClock ObjectProvider<InstantSource> clock) {
        BlobStoreBuilder builder = builder(properties);
        List<String> trusted = cacheProperties.handlers().trustedPackages();
        if (trusted.isEmpty() && AutoConfigurationPackages.has(beanFactory)) {
            trusted = AutoConfigurationPackages.get(beanFactory);
        }
        builder.trustedPackages(trusted);
        if (resourceLoader.getClassLoader() != null) {
            builder.classLoader(resourceLoader.getClassLoader());
        }
        clock.ifAvailable(builder::clock);
        BlobStoreProperties.Blob blob = properties.blob();
        BlobBucket.offer("cacheness.blob-store.blob", blob.backend(), blob.options(), beanFactory, builder::register);
        addBeans(builder, beanFactory);
        BlobStore store = builder.build();
        ExecutorsCloseFirst.register(beanFactory, "blobStore");
        return store;
    }

    private static BlobStoreBuilder builder(BlobStoreProperties properties) {
        BlobStoreBuilder builder = BlobStoreBuilder.at(properties.directory())
                .durability(properties.durability())
                .versions(properties.versions())
                .keepVersions(properties.keepVersions())
                .contentAddressable(properties.contentAddressable())
                .metadataBackend(properties.metadata().backend())
                .metadataOptions(properties.metadata().options())
                .blobOptions(properties.blob().options())
                .codec(properties.compression().codec())
                .codecLevel(properties.compression().level());
        String backend = properties.blob().backend();
        if (backend != null && !backend.isBlank()) {
            builder.blobBackend(backend);
        }
        return builder;
    }

    private static void addBeans(BlobStoreBuilder builder, ConfigurableListableBeanFactory beanFactory) {
        ordered(beanFactory, MetadataBackendProvider.class).forEach(builder::register);
        ordered(beanFactory, BlobBackendProvider.class).forEach(builder::register);
        ordered(beanFactory, Codec.class).forEach(builder::register);
        beanFactory
                .<Handler<?>>getBeanProvider(ResolvableType.forClass(Handler.class))
                .orderedStream()
                .forEach(builder::handler);
        beanFactory
                .<Upcaster<?>>getBeanProvider(ResolvableType.forClass(Upcaster.class))
                .orderedStream()
                .forEach(builder::upcaster);
        ordered(beanFactory, BlobStoreCustomizer.class).forEach(customizer -> customizer.customize(builder));
    }

    private static <T> Stream<T> ordered(ConfigurableListableBeanFactory beanFactory, Class<T> type) {
        return beanFactory.getBeanProvider(type).orderedStream();
    }
}
