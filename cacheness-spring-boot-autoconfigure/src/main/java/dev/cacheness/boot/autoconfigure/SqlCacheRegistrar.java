package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.SqlCache;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Defines one {@link SqlCache} for every bean that is a source, of the type of its rows, so that it can be injected by type. It is named like the
 * source with {@code SqlCache} behind, and qualified by the name of the source.
 */
final class SqlCacheRegistrar implements BeanDefinitionRegistryPostProcessor {

    private static final String SUFFIX = "SqlCache";

    static String beanName(String source) {
        return source + SUFFIX;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
            for (String source : SqlCacheSources.names(beanFactory)) {
                ResolvableType rowType = SqlCacheSources.rowType(beanFactory, source);
                ResolvableType type = ResolvableType.forClassWithGenerics(
                        SqlCache.class, rowType.resolve() == null ? ResolvableType.forClass(Object.class) : rowType);
                if (!registry.containsBeanDefinition(beanName(source)) && isOurs(beanFactory, type)) {
                    registry.registerBeanDefinition(beanName(source), definition(source, type));
                }
            }
        }
    }

    /** The application may build the cache of these rows itself. */
    private static boolean isOurs(ConfigurableListableBeanFactory beanFactory, ResolvableType type) {
        for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
            if (!CachenessSqlAutoConfiguration.CACHES.equals(
                    beanFactory.getMergedBeanDefinition(name).getFactoryBeanName())) {
                return false;
            }
        }
        return true;
    }

    private static RootBeanDefinition definition(String source, ResolvableType type) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(CachenessSqlAutoConfiguration.CACHES);
        definition.setFactoryMethodName("open");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, source);
        definition
                .getConstructorArgumentValues()
                .addIndexedArgumentValue(1, type.getGeneric(0).resolve(Object.class));
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, source));
        definition.setDependsOn(source);
        definition.setDestroyMethodName("close");
        return definition;
    }
}
