package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.sql.SqlCacheableProcessor;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
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
            registerMethods(registry, beanFactory);
        }
    }

    private static void registerMethods(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory) {
        Map<String, Map<String, String>> caches = new TreeMap<>();
        for (SqlCacheableBeans.Found found : SqlCacheableBeans.find(beanFactory)) {
            String name = beanName(found.method().cache());
            if (registry.containsBeanDefinition(name)) {
                throw new SqlCacheException(
                        "Cache '" + found.method().cache() + "': both the method of the bean '" + found.bean()
                                + "' and another source have this name. Rename one.",
                        null);
            }
            registry.registerBeanDefinition(name, definition(found));
            caches.computeIfAbsent(found.bean(), bean -> new TreeMap<>())
                    .put(found.method().cache(), name);
        }
        if (!caches.isEmpty()) {
            RootBeanDefinition processor = new RootBeanDefinition(SqlCacheableProcessor.class);
            processor.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            processor.getConstructorArgumentValues().addIndexedArgumentValue(0, caches);
            registry.registerBeanDefinition("cachenessSqlCacheableProcessor", processor);
        }
    }

    private static RootBeanDefinition definition(SqlCacheableBeans.Found found) {
        ResolvableType type = ResolvableType.forClassWithGenerics(
                SqlCache.class, found.method().rowType());
        RootBeanDefinition definition =
                definition(type, "openMethod", found.method().cache());
        ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
        arguments.addIndexedArgumentValue(0, found.bean());
        arguments.addIndexedArgumentValue(1, found.type());
        arguments.addIndexedArgumentValue(2, found.method().cache());
        return definition;
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

    private static RootBeanDefinition definition(ResolvableType type, String factoryMethod, String qualifier) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(type);
        definition.setFactoryBeanName(CachenessSqlAutoConfiguration.CACHES);
        definition.setFactoryMethodName(factoryMethod);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, qualifier));
        definition.setDestroyMethodName("close");
        return definition;
    }

    private static RootBeanDefinition definition(String source, ResolvableType type) {
        RootBeanDefinition definition = definition(type, "open", source);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, source);
        definition
                .getConstructorArgumentValues()
                .addIndexedArgumentValue(1, type.getGeneric(0).resolve(Object.class));
        definition.setDependsOn(source);
        return definition;
    }
}
