package dev.cacheness.boot.annotation;

import dev.cacheness.CacheKey;
import dev.cacheness.spi.NullValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One call for many elements: which of them the cache asks for by their keys, and what the method has given for them. The cache may ask from other threads. */
final class BulkLoad {

    private final BulkCalls.Invocation invocation;

    /** Elements may have the same key. */
    private final Map<CacheKey<Object>, List<Object>> elements = new LinkedHashMap<>();

    /** They cannot be cached, so the method is asked for them whenever it is called for others, or alone. */
    private final Set<Object> withoutKey = new LinkedHashSet<>();

    private final Set<CacheKey<Object>> loaded = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Map<?, ?> ofThoseWithoutKey;

    private volatile @Nullable Throwable thrown;

    BulkLoad(BulkCalls.Invocation invocation) {
        this.invocation = invocation;
    }

    void add(Object element, CacheKey<Object> key) {
        elements.computeIfAbsent(key, same -> new ArrayList<>()).add(element);
    }

    void addWithoutKey(Object element) {
        withoutKey.add(element);
    }

    Collection<CacheKey<Object>> keys() {
        return elements.keySet();
    }

    Collection<CacheKey<Object>> loadedKeys() {
        return Set.copyOf(loaded);
    }

    boolean isDone() {
        return !loaded.isEmpty();
    }

    boolean threw(Throwable failure) {
        return thrown == failure;
    }

    /** For the cache: calls the method for the elements of the keys. */
    Map<CacheKey<Object>, Object> loadAll(Set<? extends CacheKey<Object>> missing) {
        Set<Object> asked = new LinkedHashSet<>();
        elements.forEach((key, same) -> {
            if (missing.contains(key)) {
                asked.addAll(same);
            }
        });
        if (ofThoseWithoutKey == null) {
            asked.addAll(withoutKey);
        }
        Map<?, ?> results = call(asked);
        if (ofThoseWithoutKey == null) {
            ofThoseWithoutKey = results;
        }
        Map<CacheKey<Object>, Object> values = new HashMap<>();
        for (CacheKey<Object> key : missing) {
            for (Object element : elements.getOrDefault(key, List.of())) {
                if (results.containsKey(element)) {
                    Object value = results.get(element);
                    values.put(key, value == null ? NullValue.INSTANCE : value);
                }
            }
        }
        loaded.addAll(values.keySet());
        return values;
    }

    /** The results by element. */
    Map<Object, @Nullable Object> results(Map<CacheKey<Object>, Object> values) {
        Map<Object, @Nullable Object> results = new HashMap<>();
        values.forEach((key, value) -> elements.getOrDefault(key, List.of())
                .forEach(element -> results.put(element, value == NullValue.INSTANCE ? null : value)));
        if (!withoutKey.isEmpty()) {
            Map<?, ?> alone = ofThoseWithoutKey;
            Map<?, ?> others = alone != null ? alone : call(withoutKey);
            withoutKey.stream()
                    .filter(others::containsKey)
                    .forEach(element -> results.put(element, others.get(element)));
        }
        return results;
    }

    private Map<?, ?> call(Set<Object> asked) {
        try {
            return invocation.call(asked);
        } catch (Throwable ex) {
            thrown = ex;
            throw BulkLoad.<RuntimeException>unchecked(ex);
        }
    }

    /** Throws whatever it is; the method that is called has declared it. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }
}
