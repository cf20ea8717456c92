package dev.cacheness.boot.autoconfigure;

import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.SqlCacheAdapter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Finds the beans that are sources of SQL caches, without making any of them. */
final class SqlCacheSources {

    private static final List<Class<?>> TYPES = List.of(SqlCacheAdapter.class, DataFetcher.class);

    private SqlCacheSources() {}

    /** In the order of the alphabet. */
    static Set<String> names(ConfigurableListableBeanFactory beanFactory) {
        Set<String> names = new TreeSet<>();
        for (Class<?> type : TYPES) {
            for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
                if (!beanFactory.containsBeanDefinition(name)
                        || beanFactory.getBeanDefinition(name).isAutowireCandidate()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** What the definition of the bean says about its rows; {@link ResolvableType#NONE} if that is nothing. */
    static ResolvableType rowType(ConfigurableListableBeanFactory beanFactory, String name) {
        ResolvableType type = declaredType(beanFactory, name);
        return TYPES.stream()
                .map(each -> type.as(each).getGeneric(0))
                .filter(row -> row.resolve() != null)
                .findFirst()
                .orElse(ResolvableType.NONE);
    }

    private static ResolvableType declaredType(ConfigurableListableBeanFactory beanFactory, String name) {
        if (beanFactory.containsBeanDefinition(name)) {
            BeanDefinition definition = beanFactory.getMergedBeanDefinition(name);
            ResolvableType declared = definition.getResolvableType();
            if (declared.resolve() != null) {
                return declared;
            }
        }
        return ResolvableType.forClass(beanFactory.getType(name, false));
    }
}
