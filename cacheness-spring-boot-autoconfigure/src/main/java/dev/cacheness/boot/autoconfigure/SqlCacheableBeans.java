package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.sql.SqlCacheable;
import dev.cacheness.boot.sql.SqlCacheableMethod;
import dev.cacheness.sql.SqlCacheException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/** Finds the beans with {@link SqlCacheable} methods, without making any of them. */
final class SqlCacheableBeans {

    private SqlCacheableBeans() {}

    /** @param type the class of the bean */
    record Found(String bean, Class<?> type, SqlCacheableMethod method) {}

    static List<Found> find(ConfigurableListableBeanFactory beanFactory) {
        List<Found> found = new ArrayList<>();
        for (String name : beanFactory.getBeanDefinitionNames()) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : beanFactory.getType(name, false);
            if (type != null && !isOfALibrary(type)) {
                Class<?> target = ClassUtils.getUserClass(type);
                methods(target).forEach(method -> found.add(new Found(name, target, method)));
            }
        }
        return found;
    }

    private static boolean isOfALibrary(Class<?> type) {
        return type.getName().startsWith("org.springframework.")
                || type.getName().startsWith("java");
    }

    /** @throws SqlCacheException if a method cannot be the source of a cache */
    static List<SqlCacheableMethod> methods(Class<?> type) {
        Map<Method, SqlCacheable> annotated =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<SqlCacheable>)
                        method -> method.getAnnotation(SqlCacheable.class));
        try {
            return annotated.keySet().stream()
                    .map(method -> SqlCacheableMethod.of(type, method))
                    .toList();
        } catch (IllegalArgumentException ex) {
            throw new SqlCacheException(ex.getMessage() == null ? "@SqlCacheable" : ex.getMessage(), ex);
        }
    }
}
