package dev.cacheness;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a value is stored under: a namespace, named parameters, and the type of the value.
 *
 * <p>Usually a record, whose components are the parameters:
 *
 * <pre>{@code
 * record ModelKey(String model, String dataset) implements CacheKey<Model> {}
 * }</pre>
 *
 * <p>Two keys are the same if their namespaces and their parameters are; the order of the parameters does not matter. A parameter may be null, text, a
 * boolean, a number, a character, an enum, a {@code UUID}, {@code URI}, {@code Locale}, {@code Currency} or {@code Class}, a {@code java.time} value or
 * {@code java.util.Date}, a {@code Path} or {@code File} (which counts by the content of the file or of the tree below it, or, by setting, by its
 * name), an {@code Optional}, an array, a list, a queue, a set, a map, a record, or, where that is switched on, another object by its fields. Anything
 * else is refused with a {@link CacheSerializationException} that names the parameter.
 *
 * <p>Integers of any width are equal when their values are ({@code 1} and {@code 1L}), and differ from {@code "1"}, {@code 1.0} and {@code true}; so are
 * {@code float} and {@code double}, and decimals ({@code 1.0} and {@code 1.00}). The order of a set or a map does not matter. An array may be of any
 * length, for it counts by the hash of its content; all the rest of a key may take 64 KiB.
 *
 * @param <V> the type of the value
 */
public interface CacheKey<V> {

    /**
     * A key from names and values in turn, in the empty namespace, for values of any type.
     *
     * @param more further names and values; every other one, beginning with the first, is a {@code String}
     * @throws IllegalArgumentException if a name is not a non-empty string or appears twice, or if a value is missing; names the position
     */
    static CacheKey<Object> of(String name, @Nullable Object value, @Nullable Object... more) {
        return ParameterKey.of(name, value, more);
    }

    /**
     * A key from a map of parameters, in the empty namespace, for values of any type.
     *
     * @throws IllegalArgumentException if the map is empty or has an empty name
     */
    static CacheKey<Object> of(Map<String, ? extends @Nullable Object> parameters) {
        return in("", parameters);
    }

    /**
     * A key in a namespace.
     *
     * @param namespace see {@link #keyNamespace()}
     * @throws IllegalArgumentException as for {@link #of(Map)}, and for a namespace of more than 255 characters or with control characters
     */
    static CacheKey<Object> in(String namespace, Map<String, ? extends @Nullable Object> parameters) {
        return ParameterKey.in(namespace, parameters);
    }

    /**
     * A key by its digest, as {@link Cacheness#put} returned it and {@link EntryMetadata#digest()} shows it. It finds and removes entries; what is
     * put under it is in the empty namespace and has no parameters.
     *
     * @throws IllegalArgumentException if the text is not 32 lower-case hexadecimal characters
     */
    static CacheKey<Object> ofDigest(String digest) {
        return new DigestKey(digest);
    }

    /** The same key for values of the given type. */
    default <T> CacheKey<T> as(Class<T> type) {
        return new RetypedKey<>(this, type);
    }

    /** The same key for values of the given generic type. */
    default <T> CacheKey<T> as(TypeRef<T> type) {
        return new RetypedKey<>(this, type.type());
    }

    /**
     * Keeps the keys of different features apart. For a class it is the {@link KeyNamespace} annotation's value or else the name of the class; for
     * Spring's caches the name of the cache; empty for keys that were made from loose parameters.
     */
    default String keyNamespace() {
        return KeyDescription.of(getClass()).namespace();
    }

    /** The named parameters: the components of the record. Never empty, except for a key by digest. */
    default Map<String, ? extends @Nullable Object> keyParameters() {
        return KeyDescription.of(getClass()).parameters(this);
    }

    /** The names of those parameters that are not to be shown: the components of the record that are {@link Masked}. */
    default Set<String> keyMaskedParameters() {
        return KeyDescription.of(getClass()).masked();
    }

    /** The type of the value: the argument of {@code CacheKey} in the declaration of the class. */
    default Type keyValueType() {
        return KeyDescription.of(getClass()).valueType();
    }

    /** The digest, for a key that is nothing but that; empty for all others, whose digest follows from namespace and parameters. */
    default Optional<String> keyDigest() {
        return Optional.empty();
    }
}
