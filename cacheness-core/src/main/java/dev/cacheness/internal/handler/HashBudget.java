package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work of hashing while one value is read. A few hundred bytes can make sets in sets whose hash code takes years, because each of them is in
 * two others. So what an element will cost is counted before it is put into a set or a map. For one thread at a time.
 */
final class HashBudget {

    /** About a tenth of a second of work. */
    private static final long LIMIT = 10_000_000;

    private static final ThreadLocal<HashBudget> CURRENT = ThreadLocal.withInitial(HashBudget::new);

    private long left = LIMIT;

    private @Nullable Map<Object, Long> costs;

    /** The budget of the value that this thread reads. */
    static HashBudget current() {
        return CURRENT.get();
    }

    /**
     * Takes note that the hash code of an element will be asked for, by the budget of this thread.
     *
     * @throws CacheSerializationException if that is too much
     */
    static void spend(@Nullable Object element) {
        // Nearly all elements are such; to ask for the interfaces of a class takes longer than to hash it.
        if (element == null || element instanceof String || element instanceof Number || isPlain(element)) {
            return;
        }
        current().charge(element);
    }

    /** Begins another value. */
    void reset() {
        left = LIMIT;
        costs = null;
    }

    private void charge(Object element) {
        left -= cost(element);
        if (left < 0) {
            throw new CacheSerializationException(
                    "The stored object has sets or maps in sets or in keys of maps, so often that they take too long to hash");
        }
    }

    /** What is not looked into: its hash code is taken for quick. */
    private static boolean isPlain(Object element) {
        return !(element instanceof Collection
                || element instanceof Map
                || element instanceof Map.Entry
                || element instanceof Optional);
    }

    private long cost(Object element) {
        if (costs == null) {
            costs = new IdentityHashMap<>();
        }
        Long known = costs.get(element);
        if (known != null) {
            return known;
        }
        // What contains itself has no hash code, and fails on its own.
        costs.put(element, 1L);
        long sum = 1;
        if (element instanceof Collection<?> collection) {
            for (Object part : collection) {
                sum = add(sum, part);
            }
        } else if (element instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum = add(add(sum, entry.getKey()), entry.getValue());
            }
        } else if (element instanceof Map.Entry<?, ?> entry) {
            sum = add(add(sum, entry.getKey()), entry.getValue());
        } else if (element instanceof Optional<?> optional) {
            sum = add(sum, optional.orElse(null));
        }
        costs.put(element, sum);
        return sum;
    }

    private long add(long sum, @Nullable Object part) {
        return Math.min(LIMIT + 1, sum + (part == null || isPlain(part) ? 1 : cost(part)));
    }
}
