package dev.cacheness.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.util.ClassUtils;

/** How methods are called in keys; the same after each start. */
final class MethodNames {

    private static final int MAX_NAMESPACE_LENGTH = 255;

    private MethodNames() {}

    /** The cache of a method that names none. */
    static String cacheOf(Class<?> beanClass, Method method) {
        String name = ownerOf(beanClass, method).getName() + "." + method.getName();
        if (name.length() > MAX_NAMESPACE_LENGTH) {
            throw new CachedMethodException(
                    method,
                    "The name of its class and its own are too long for the name of a cache.",
                    "Name one with 'cache'.",
                    null);
        }
        return name;
    }

    /** The method in keys of a cache that several may share. */
    static String of(Class<?> beanClass, Method method) {
        return ownerOf(beanClass, method).getName() + "." + CachedMethodException.signature(method);
    }

    /** The class of the bean, so that classes that inherit a method do not share results; for a class made at run time the interface. */
    private static Class<?> ownerOf(Class<?> beanClass, Method method) {
        Class<?> owner = ClassUtils.getUserClass(beanClass);
        if (!Proxy.isProxyClass(owner)
                && !owner.isHidden()
                && method.getDeclaringClass().isAssignableFrom(owner)) {
            return owner;
        }
        for (Class<?> candidate : beanClass.getInterfaces()) {
            if (method.getDeclaringClass().isAssignableFrom(candidate)) {
                return candidate;
            }
        }
        return method.getDeclaringClass();
    }
}
