package dev.cacheness.engine;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.internal.key.DigestedKey;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the digests of keys that were met lately, for those who make a key for each call of a method: to digest one takes longer than to find a value on the
 * heap. Thread-safe.
 */
public final class KnownKeys {

    /** About 3 MB. When there is no more room it begins anew. */
    private static final int MAX_KNOWN = 10_000;

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            UUID.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class);

    private final Cacheness cache;

    private final Map<Object, CacheKey<?>> known = new ConcurrentHashMap<>();

    public KnownKeys(Cacheness cache) {
        this.cache = cache;
    }

    /** Whether a parameter of a key is one that nobody can change and that is equal only to what is the same in a key. */
    public static boolean isPlain(@Nullable Object parameter) {
        return parameter == null || PLAIN.contains(parameter.getClass()) || parameter instanceof Enum;
    }

    /**
     * The key of somebody who has met it before, or a new one.
     *
     * @param identity made of plain parameters alone, and equal for all calls that get the same key
     * @throws RuntimeException what the maker threw, or a look-up with its key would throw
     */
    @SuppressWarnings("unchecked")
    public <V> CacheKey<V> get(Object identity, Supplier<? extends CacheKey<V>> maker) {
        CacheKey<?> key = known.get(identity);
        return key != null ? (CacheKey<V>) key : remember(identity, maker.get());
    }

    /**
     * The same key, with its digest, so that whoever asks the cache with it knows that it can be a key.
     *
     * @throws dev.cacheness.CacheSerializationException if it cannot
     */
    public <V> CacheKey<V> digested(CacheKey<V> key) {
        if (key.keyDigest().isPresent()) {
            return key;
        }
        try {
            Optional<KeyDigests> digests = cache.unwrap(KeyDigests.class);
            return digests.isEmpty() ? key : WithDigest.of(key, digests.get().digest(key));
        } catch (CacheClosedException ex) {
            // Whoever asks the cache will be told.
            return key;
        }
    }

    private <V> CacheKey<V> remember(Object identity, CacheKey<V> whole) {
        CacheKey<V> digested = digested(whole);
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.put(identity, digested);
        return digested;
    }

    /** A key that brings its digest. */
    record WithDigest<V>(CacheKey<V> key, DigestedKey digested, Optional<String> keyDigest) implements CacheKey<V> {

        static <V> WithDigest<V> of(CacheKey<V> key, DigestedKey digested) {
            return new WithDigest<>(key, digested, Optional.of(digested.digest()));
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
        public Type keyValueType() {
            return key.keyValueType();
        }
    }
}
