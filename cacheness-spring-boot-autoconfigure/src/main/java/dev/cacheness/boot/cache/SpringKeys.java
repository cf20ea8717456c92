package dev.cacheness.boot.cache;

import dev.cacheness.CacheKey;
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

    private static List<@Nullable Object> parameters(SimpleKey key) {
        try {
            return Collections.unmodifiableList(Arrays.asList((@Nullable Object[]) PARAMETERS.get(key)));
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
