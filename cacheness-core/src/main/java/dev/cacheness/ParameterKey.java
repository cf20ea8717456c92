package dev.cacheness;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key from parameters whose names are known at run time only. */
record ParameterKey(String keyNamespace, Map<String, @Nullable Object> keyParameters) implements CacheKey<Object> {

    private static final int MAX_NAMESPACE_LENGTH = 255;

    static ParameterKey of(String name, @Nullable Object value, @Nullable Object... more) {
        Objects.requireNonNull(more, "more");
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("Key parameters are names and values in turn, but the last of the "
                    + (more.length + 2) + " arguments has no value");
        }
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put(checkName(name, 1), value);
        for (int i = 0; i < more.length; i += 2) {
            String next = checkName(more[i], i + 3);
            if (parameters.containsKey(next)) {
                throw new IllegalArgumentException(
                        "Key parameter '" + next + "' is given twice (argument " + (i + 3) + ")");
            }
            parameters.put(next, more[i + 1]);
        }
        return new ParameterKey("", Collections.unmodifiableMap(parameters));
    }

    static ParameterKey in(String namespace, Map<String, ? extends @Nullable Object> parameters) {
        checkNamespace(namespace);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("A key needs at least one parameter, but the map is empty");
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        parameters.forEach((name, value) -> copy.put(checkName(name, copy.size() + 1), value));
        return new ParameterKey(namespace, Collections.unmodifiableMap(copy));
    }

    static String checkNamespace(String namespace) {
        Objects.requireNonNull(namespace, "namespace");
        if (namespace.length() > MAX_NAMESPACE_LENGTH) {
            throw new IllegalArgumentException("The namespace '" + namespace.substring(0, 40) + "…' has "
                    + namespace.length() + " characters, at most " + MAX_NAMESPACE_LENGTH + " are allowed");
        }
        if (namespace.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "The namespace '" + namespace.replaceAll("\\p{Cntrl}", "?") + "' has control characters");
        }
        return namespace;
    }

    private static String checkName(@Nullable Object name, int position) {
        if (name instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(
                "Argument " + position + " must be the name of a key parameter, a non-empty string, but is "
                        + (name == null
                                ? "null"
                                : name instanceof String
                                        ? "empty"
                                        : "a " + name.getClass().getName()));
    }

    @Override
    public Type keyValueType() {
        return Object.class;
    }
}
