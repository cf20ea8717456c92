package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.HandlerRegistry;
import dev.cacheness.spi.HandlerSettings;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** The cache of the application, from its properties and from the beans that extend it. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@EnableConfigurationProperties({CachenessProperties.class, CachenessLoadProperties.class})
@ImportRuntimeHints(CachenessRuntimeHints.class)
public final class CachenessAutoConfiguration {

    /** Trusts the packages of the application unless others are named. */
    @Bean
    @ConditionalOnMissingBean
    HandlerRegistry cachenessHandlerRegistry(
            CachenessProperties properties, ResourceLoader resourceLoader, BeanFactory beanFactory) {
        List<String> trustedPackages = properties.handlers().trustedPackages();
        if (trustedPackages.isEmpty() && AutoConfigurationPackages.has(beanFactory)) {
            trustedPackages = AutoConfigurationPackages.get(beanFactory);
        }
        return CachenessBuilder.builtInHandlers(new HandlerSettings(
                classLoader(resourceLoader),
                trustedPackages,
                properties.compression().codec(),
                properties.compression().level()));
    }

    /** Chooses everything when it is called and nothing by condition, for conditions are decided at build time where that is done ahead. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Cacheness cacheness(
            CachenessProperties properties,
            CachenessLoadProperties load,
            HandlerRegistry handlerRegistry,
            ResourceLoader resourceLoader,
            ConfigurableListableBeanFactory beanFactory,
            Environment environment,
            @CachenessClock ObjectProvider<InstantSource> clock) {
        UnknownPolicySettings.check(environment);
        UserBeans userBeans = new UserBeans(beanFactory);
        CachenessBuilder builder =
                BuilderSettings.builder(properties).handlers(handlerRegistry).classLoader(classLoader(resourceLoader));
        load.addTo(builder);
        clock.ifAvailable(builder::clock);
        new MetadataDatabase(properties.metadata(), beanFactory).addTo(builder);
        CachenessProperties.Blob blob = properties.blob();
        BlobBucket.offer("cacheness.blob", blob.backend(), blob.options(), beanFactory, builder::register);
        userBeans.addTo(builder);
        userBeans.customize(builder);
        Cacheness cacheness = builder.build();
        ExecutorsCloseFirst.register(beanFactory, "cacheness");
        return cacheness;
    }

    private static ClassLoader classLoader(ResourceLoader resourceLoader) {
        ClassLoader classLoader = resourceLoader.getClassLoader();
        return classLoader != null ? classLoader : CachenessAutoConfiguration.class.getClassLoader();
    }
}
