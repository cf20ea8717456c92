package dev.cacheness.engine;

import dev.cacheness.CacheBulkLoader;
import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.EntryMetadata;
import dev.cacheness.Lookup;
import dev.cacheness.internal.key.DigestedKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call for the values of many keys: loads what its caller wants loaded, each key in its turn. Keys that others load already are left to them, and waited for
 * after the load, when all turns have been given back. Thread-safe.
 */
final class BulkCall<V, K extends CacheKey<V>, X extends Exception> {

    private final Map<K, DigestedKey> keys;

    private final CacheBulkLoader<K, V, X> loader;

    private final PutSettings options;

    private final Reads reads;

    private final Loads loads;

    private final LoadGate gate;

    private final Policies policies;

    BulkCall(
            Map<K, DigestedKey> keys,
            CacheBulkLoader<K, V, X> loader,
            PutSettings options,
            Reads reads,
            Loads loads,
            LoadGate gate,
            Policies policies) {
        this.keys = keys;
        this.loader = loader;
        this.options = options;
        this.reads = reads;
        this.loads = loads;
        this.gate = gate;
        this.policies = policies;
    }

    DigestedKey digestOf(K key) {
        return Objects.requireNonNull(keys.get(key));
    }

    /** The values of those keys that have one. */
    Map<K, V> load(Collection<K> missing) throws X {
        Map<K, V> values = new LinkedHashMap<>();
        Set<K> left = new LinkedHashSet<>();
        inTurns(missing, null, values, left);
        for (K key : left) {
            V value = await(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    /**
     * Loads anew what nobody else is loading, and nobody has replaced.
     *
     * @param due what was handed out of each key
     */
    void refresh(Map<K, EntryMetadata> due) throws X {
        inTurns(due.keySet(), due, new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    private void inTurns(Collection<K> wanted, @Nullable Map<K, EntryMetadata> seen, Map<K, V> values, Set<K> left)
            throws X {
        Map<K, LoadGate.Turn> mine = new LinkedHashMap<>();
        try {
            for (K key : wanted) {
                LoadGate.Turn turn = gate.tryEnter(digestOf(key));
                if (turn == null) {
                    left.add(key);
                    continue;
                }
                mine.put(key, turn);
                Optional<CacheEntry<V>> stored = storedBefore(key, seen == null ? null : seen.get(key));
                if (stored.isPresent()) {
                    values.put(key, stored.get().value());
                    mine.remove(key);
                    turn.end(stored.get());
                }
            }
            if (!mine.isEmpty()) {
                loadMine(mine).forEach((key, entry) -> values.put(key, entry.value()));
            }
        } catch (Throwable ex) {
            mine.values().forEach(turn -> turn.end(ex instanceof PutFailedException failed ? failed.failure() : ex));
            throw ex;
        }
    }

    /** What another process, or a refresh, has stored between the look-up and this caller's turn. */
    private Optional<CacheEntry<V>> storedBefore(K key, @Nullable EntryMetadata seen) {
        DigestedKey digested = digestOf(key);
        if (seen == null && policies.of(digested.namespace()).singleFlight() != LoadScope.CLUSTER) {
            return Optional.empty();
        }
        return stored(key)
                .filter(entry -> seen == null || entry.metadata().createdAt().isAfter(seen.createdAt()));
    }

    private Optional<CacheEntry<V>> stored(K key) {
        return reads.attempt(key, digestOf(key), false) instanceof Lookup.Hit<V> hit
                ? Optional.of(hit.entry())
                : Optional.empty();
    }

    private Map<K, CacheEntry<V>> loadMine(Map<K, LoadGate.Turn> mine) throws X {
        Map<K, OptionalLong> invalidations = new LinkedHashMap<>();
        mine.keySet()
                .forEach(key -> invalidations.put(
                        key, loads.invalidationsOf(digestOf(key).digest())));
        long start = System.nanoTime();
        Map<? extends K, ? extends V> loaded;
        try {
            loaded = Objects.requireNonNull(loader.loadAll(Set.copyOf(mine.keySet())), "The loader returned null");
            for (K key : mine.keySet()) {
                V value = loaded.get(key);
                if (value != null) {
                    Loads.checkType(key, digestOf(key), value);
                }
            }
        } catch (Throwable ex) {
            loads.failed(mine.keySet().stream().map(this::digestOf).toList(), System.nanoTime() - start, ex);
            throw ex;
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / mine.size());
        Map<K, CacheEntry<V>> entries = new LinkedHashMap<>();
        PutFailedException failure = null;
        for (Map.Entry<K, LoadGate.Turn> turn : mine.entrySet()) {
            K key = turn.getKey();
            V value = loaded.get(key);
            if (value != null) {
                try {
                    entries.put(
                            key,
                            loads.keep(
                                    key,
                                    digestOf(key),
                                    value,
                                    options,
                                    Objects.requireNonNull(invalidations.get(key)),
                                    each));
                } catch (PutFailedException ex) {
                    failure = failure == null ? ex : failure;
                    continue;
                }
            }
            turn.getValue().end(entries.get(key));
        }
        if (failure != null) {
            throw failure;
        }
        return entries;
    }

    /** For a key that another caller loads: its value, or what comes of loading it alone if the other had none. */
    private @Nullable V await(K key) throws X {
        try {
            return gate.pass(digestOf(key), new LoadGate.Load<CacheEntry<V>, X>() {
                        @Override
                        public Optional<CacheEntry<V>> stored() {
                            return BulkCall.this.stored(key);
                        }

                        @Override
                        public CacheEntry<V> run() throws X {
                            CacheEntry<V> entry =
                                    loadMine(Map.of(key, outcome -> {})).get(key);
                            if (entry == null) {
                                throw new NoValueException();
                            }
                            return entry;
                        }
                    })
                    .value();
        } catch (NoValueException ex) {
            return null;
        }
    }

    private static final class NoValueException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        NoValueException() {
            super("The bulk loader gave no value for a key that was asked for alone");
        }
    }
}
