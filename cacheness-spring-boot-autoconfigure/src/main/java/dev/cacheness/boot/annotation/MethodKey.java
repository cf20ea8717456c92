package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key of what a method returned. */
record MethodKey(String keyNamespace, Map<String, @Nullable Object> keyParameters, Type keyValueType)
        implements CacheKey<Object> {}
