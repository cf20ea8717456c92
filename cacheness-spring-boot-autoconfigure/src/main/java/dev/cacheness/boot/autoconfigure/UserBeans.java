package dev.cacheness.boot.autoconfigure;

import dev.cacheness.CacheEventListener;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackendProvider;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.MetadataBackendProvider;
import dev.cacheness.spi.Upcaster;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Hands the beans of the application that extend the cache to the builder, each kind in its order. */
final class UserBeans {

    private final ListableBeanFactory beanFactory;

    UserBeans(ListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    void addTo(CachenessBuilder builder) {
        ordered(MetadataBackendProvider.class).forEach(builder::register);
        ordered(BlobBackendProvider.class).forEach(builder::register);
        ordered(Codec.class).forEach(builder::register);
        beanFactory.getBeanProvider(MetadataBackend.class).ifAvailable(builder::metadataBackend);
        beanFactory.getBeanProvider(BlobBackend.class).ifAvailable(builder::blobBackend);
        handlers().forEach(builder::handler);
        ordered(CacheEventListener.class).forEach(builder::listener);
        upcasters().forEach(builder::upcaster);
    }

    void customize(CachenessBuilder builder) {
        ordered(CachenessCustomizer.class).forEach(customizer -> customizer.customize(builder));
    }

    private Stream<Handler<?>> handlers() {
        return beanFactory
                .<Handler<?>>getBeanProvider(ResolvableType.forClass(Handler.class))
                .orderedStream();
    }

    private Stream<Upcaster<?>> upcasters() {
        return beanFactory
                .<Upcaster<?>>getBeanProvider(ResolvableType.forClass(Upcaster.class))
                .orderedStream();
    }

    private <T> Stream<T> ordered(Class<T> type) {
        return beanFactory.getBeanProvider(type).orderedStream();
    }
}
