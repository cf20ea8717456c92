package dev.cacheness.engine;

import dev.cacheness.CacheBulkLoader;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.Lookup;
import dev.cacheness.internal.key.DigestedKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets the values of many keys, and those that are missing from one load. Keys that others load already are left to them, and waited for after the load.
 * Thread-safe.
 */
final class BulkLoads {

    private final Reads reads;

    private final Loads loads;

    private final LoadGate gate;

    private final Happenings happenings;

    BulkLoads(Reads reads, Loads loads, LoadGate gate, Happenings happenings) {
        this.reads = reads;
        this.loads = loads;
        this.gate = gate;
        this.happenings = happenings;
    }

    /** The values of those keys that have one, in the order of the keys. */
    <V, K extends CacheKey<V>, X extends Exception> Map<K, V> getOrLoad(
            Map<K, DigestedKey> keys, CacheBulkLoader<K, V, X> loader, PutSettings options) throws X {
        Map<K, V> found = new LinkedHashMap<>();
        Map<K, LoadGate.Turn> mine = new LinkedHashMap<>();
        Set<K> left = new LinkedHashSet<>();
        try {
            for (Map.Entry<K, DigestedKey> key : keys.entrySet()) {
                if (reads.find(key.getKey(), key.getValue(), false) instanceof Lookup.Hit<V> hit) {
                    found.put(key.getKey(), hit.entry().value());
                } else {
                    enter(key.getKey(), key.getValue(), mine, left);
                }
            }
            if (!mine.isEmpty()) {
                found.putAll(load(mine, keys, loader, options));
            }
        } catch (Throwable ex) {
            mine.values().forEach(turn -> turn.end(ex));
            throw ex;
        }
        for (K key : left) {
            V value = await(key, Objects.requireNonNull(keys.get(key)), loader, options);
            if (value != null) {
                found.put(key, value);
            }
        }
        return inOrder(keys.keySet(), found);
    }

    private <K extends CacheKey<?>> void enter(K key, DigestedKey digested, Map<K, LoadGate.Turn> mine, Set<K> left) {
        LoadGate.Turn turn = gate.tryEnter(digested);
        if (turn == null) {
            left.add(key);
        } else {
            mine.put(key, turn);
        }
    }

    private <V, K extends CacheKey<V>, X extends Exception> Map<K, V> load(
            Map<K, LoadGate.Turn> mine,
            Map<K, DigestedKey> digests,
            CacheBulkLoader<K, V, X> loader,
            PutSettings options)
            throws X {
        Map<K, OptionalLong> invalidations = new LinkedHashMap<>();
        mine.keySet().forEach(key -> invalidations.put(key, loads.invalidationsOf(digest(key, digests))));
        long start = System.nanoTime();
        Map<? extends K, ? extends V> loaded;
        try {
            loaded = Objects.requireNonNull(loader.loadAll(Set.copyOf(mine.keySet())), "The loader returned null");
        } catch (Throwable ex) {
            K first = mine.keySet().iterator().next();
            happenings.loadFailure(Objects.requireNonNull(digests.get(first)), System.nanoTime() - start, ex);
            throw ex;
        }
        long each = (System.nanoTime() - start) / mine.size();
        Map<K, V> values = new LinkedHashMap<>();
        mine.forEach((key, turn) -> {
            V value = loaded.get(key);
            CacheEntry<V> entry = value == null
                    ? null
                    : loads.keep(
                            key,
                            Objects.requireNonNull(digests.get(key)),
                            value,
                            options,
                            Objects.requireNonNull(invalidations.get(key)),
                            Duration.ofNanos(each));
            if (entry != null) {
                values.put(key, entry.value());
            }
            turn.end(entry);
        });
        return values;
    }

    private static <K> String digest(K key, Map<K, DigestedKey> digests) {
        return Objects.requireNonNull(digests.get(key)).digest();
    }

    /** For a key that another caller loads: its value, or what comes of loading it alone if the other had none. */
    private <V, K extends CacheKey<V>, X extends Exception> @Nullable V await(
            K key, DigestedKey digested, CacheBulkLoader<K, V, X> loader, PutSettings options) throws X {
        try {
            return gate.pass(digested, new LoadGate.Load<CacheEntry<V>, X>() {
                        @Override
                        public Optional<CacheEntry<V>> stored() {
                            return reads.attempt(key, digested, false) instanceof Lookup.Hit<V> hit
                                    ? Optional.of(hit.entry())
                                    : Optional.empty();
                        }

                        @Override
                        public CacheEntry<V> run() throws X {
                            return loads.load(key, digested, one -> onlyOne(one, loader), options);
                        }
                    })
                    .value();
        } catch (NoValueException ex) {
            return null;
        }
    }

    private static <V, K, X extends Exception> V onlyOne(K key, CacheBulkLoader<K, V, X> loader) throws X {
        V value = loader.loadAll(Set.of(key)).get(key);
        if (value == null) {
            throw new NoValueException();
        }
        return value;
    }

    private static <K, V> Map<K, V> inOrder(Set<K> keys, Map<K, V> found) {
        Map<K, V> ordered = new LinkedHashMap<>();
        for (K key : keys) {
            V value = found.get(key);
            if (value != null) {
                ordered.put(key, value);
            }
        }
        return ordered;
    }

    private static final class NoValueException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        NoValueException() {
            super("The bulk loader gave no value for a key that was asked for alone");
        }
    }
}
