package dev.cacheness.boot.cache;

import dev.cacheness.CacheKey;
import dev.cacheness.engine.KnownKeys;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;

/** Turns the keys of Spring's caches into keys of ours. */
final class SpringKeys {

    private static final Field PARAMETERS = parametersField();

    private SpringKeys() {}

    /**
     * The key of a cache's entry. The name of the cache is the namespace. A {@link SimpleKey} counts by its parameters, for its text is the same for
     * different ones; they go by another name than a single key, so that a method of two arguments and one of a list never meet.
     */
    static CacheKey<Object> of(String cacheName, Object key) {
        return key instanceof SimpleKey simpleKey
                ? CacheKey.in(cacheName, Map.of("arguments", parameters(simpleKey)))
                : CacheKey.in(cacheName, Map.of("key", key));
    }

    /** The same key, with its digest if it was met before. */
    static CacheKey<Object> of(String cacheName, Object key, KnownKeys known) {
        return isPlain(key) ? known.get(key, () -> of(cacheName, key)) : of(cacheName, key);
    }

    private static boolean isPlain(Object key) {
        if (!(key instanceof SimpleKey simple)) {
            return KnownKeys.isPlain(key);
        }
        for (Object parameter : parametersOf(simple)) {
            if (!KnownKeys.isPlain(parameter)) {
                return false;
            }
        }
        return true;
    }

    private static List<@Nullable Object> parameters(SimpleKey key) {
        return Collections.unmodifiableList(Arrays.asList(parametersOf(key)));
    }

    private static @Nullable Object[] parametersOf(SimpleKey key) {
        try {
            return (@Nullable Object[]) PARAMETERS.get(key);
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException("The parameters of " + SimpleKey.class.getName() + " cannot be read", ex);
        }
    }

    private static Field parametersField() {
        try {
            Field field = SimpleKey.class.getDeclaredField("params");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException ex) {
            throw new IllegalStateException(SimpleKey.class.getName() + " has no field 'params' any more", ex);
        }
    }
}
