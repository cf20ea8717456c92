package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.spi.NullableType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The key of a user, under which null may be stored, too. */
record CallKey(CacheKey<?> key) implements CacheKey<Object> {

    @Override
    public String keyNamespace() {
        return key.keyNamespace();
    }

    @Override
    public Map<String, ? extends @Nullable Object> keyParameters() {
        return key.keyParameters();
    }

    @Override
    public Set<String> keyMaskedParameters() {
        return key.keyMaskedParameters();
    }

    @Override
    public Type keyValueType() {
        return new NullableType(key.keyValueType());
    }

    @Override
    public Optional<String> keyDigest() {
        return key.keyDigest();
    }
}
