package dev.cacheness;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another key with another type of value. */
record RetypedKey<V>(CacheKey<?> key, Type keyValueType) implements CacheKey<V> {

    RetypedKey {
        Objects.requireNonNull(keyValueType, "type");
    }

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
    public Optional<String> keyDigest() {
        return key.keyDigest();
    }
}
