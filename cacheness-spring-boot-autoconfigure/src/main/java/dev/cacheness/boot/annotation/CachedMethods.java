package dev.cacheness.boot.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/** Knows what the annotations of methods say, and which classes have any. Thread-safe. */
final class CachedMethods {

    /** Whether an annotation is one of ours or made of one; asked for every method of every bean. */
    private static final ClassValue<Boolean> OURS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type == Cached.class
                    || type == CacheInvalidate.class
                    || type == CacheInvalidate.Several.class
                    || MergedAnnotations.from(type).isPresent(Cached.class)
                    || MergedAnnotations.from(type).isPresent(CacheInvalidate.class);
        }
    };

    private final Map<MethodClassKey, CachedMethod> known = new ConcurrentHashMap<>();

    private final Map<Class<?>, Boolean> candidates = new ConcurrentHashMap<>();

    private final AnnotationReader reader;

    /** What can be said of a method only when there is a cache; null until then. */
    private volatile @Nullable Consumer<CachedMethod> lateCheck;

    CachedMethods(@Nullable ConfigurableBeanFactory beanFactory) {
        this.reader = new AnnotationReader(beanFactory);
    }

    /** What is said of a method when it is called on a bean of that class. */
    CachedMethod of(Method method, Class<?> beanClass) {
        MethodClassKey key = new MethodClassKey(method, beanClass);
        CachedMethod present = known.get(key);
        if (present != null) {
            return present;
        }
        CachedMethod read = read(method, beanClass);
        known.put(key, read);
        Consumer<CachedMethod> check = lateCheck;
        if (check != null) {
            check.accept(read);
        }
        return read;
    }

    /** Whether any annotated method has been met. */
    boolean hasAny() {
        return known.values().stream().anyMatch(method -> !method.isNone());
    }

    /** Checks all methods that are known, and from now on those that are met. */
    void check(Consumer<CachedMethod> check) {
        lateCheck = check;
        known.values().forEach(check);
    }

    /** The method of the class says more than that of an interface, if it says anything. */
    private CachedMethod read(Method method, Class<?> beanClass) {
        if (method.getDeclaringClass() == Object.class) {
            return CachedMethod.NONE;
        }
        Method specific = AopUtils.getMostSpecificMethod(method, beanClass);
        CachedMethod found = reader.read(specific, beanClass);
        return found.isNone() && !specific.equals(method) ? reader.read(method, beanClass) : found;
    }

    /** Whether a method of the class, or of something that it extends, has one of the annotations, be it one that can work or not. */
    boolean isCandidate(Class<?> type) {
        Boolean present = candidates.get(type);
        if (present != null) {
            return present;
        }
        boolean candidate;
        try {
            candidate = hasAnnotatedMethod(type);
        } catch (LinkageError ex) {
            // A class of it is not there, so that none of its methods can be looked at. It is none of ours then.
            candidate = false;
        }
        candidates.put(type, candidate);
        return candidate;
    }

    private static boolean hasAnnotatedMethod(Class<?> type) {
        boolean[] found = new boolean[1];
        forEachAnnotated(type, method -> found[0] = true);
        return found[0];
    }

    /** Tells of every method that bears one of the annotations itself. */
    static void forEachAnnotated(Class<?> type, Consumer<Method> consumer) {
        Class<?> user = ClassUtils.getUserClass(type);
        for (Class<?> each = user; each != null && isOfTheApplication(each); each = each.getSuperclass()) {
            declared(each, consumer);
        }
        for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(user)) {
            if (isOfTheApplication(each)) {
                declared(each, consumer);
            }
        }
    }

    private static void declared(Class<?> type, Consumer<Method> consumer) {
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic() && isAnnotated(method)) {
                consumer.accept(method);
            }
        }
    }

    private static boolean isAnnotated(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (OURS.get(annotation.annotationType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheApplication(Class<?> type) {
        return !type.getName().startsWith("java.") && !type.getName().startsWith("org.springframework.");
    }
}
