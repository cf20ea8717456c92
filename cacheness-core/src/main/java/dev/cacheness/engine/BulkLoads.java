package dev.cacheness.engine;

import dev.cacheness.CacheBulkLoader;
import dev.cacheness.CacheKey;
import dev.cacheness.EntryMetadata;
import dev.cacheness.Lookup;
import dev.cacheness.internal.key.DigestedKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gets the values of many keys, those that are missing from one load, and lets another one replace those that are due. Thread-safe. */
final class BulkLoads {

    private final Reads reads;

    private final Loads loads;

    private final LoadGate gate;

    private final Policies policies;

    private final BulkControl control;

    BulkLoads(Reads reads, Loads loads, LoadGate gate, Policies policies, FailureLog failures, InstantSource clock) {
        this.reads = reads;
        this.loads = loads;
        this.gate = gate;
        this.policies = policies;
        this.control = new BulkControl(reads, policies, loads.limits(), failures, clock);
    }

    /** The values of those keys that have one, in the order of the keys. */
    <V, K extends CacheKey<V>, X extends Exception> Map<K, V> getOrLoad(
            Map<K, DigestedKey> keys, CacheBulkLoader<K, V, X> loader, PutSettings options) throws X {
        var call = new BulkCall<>(keys, loader, options, reads, loads, gate, policies);
        Map<K, V> found = new LinkedHashMap<>();
        Map<K, EntryMetadata> due = new LinkedHashMap<>();
        List<K> missing = new ArrayList<>();
        keys.forEach((key, digested) -> {
            if (reads.find(key, digested, false) instanceof Lookup.Hit<V> hit) {
                found.put(key, hit.entry().value());
                if (isDue(digested, hit.entry().metadata())) {
                    due.put(key, hit.entry().metadata());
                }
            } else {
                missing.add(key);
            }
        });
        control.refresh(due, call);
        if (!missing.isEmpty()) {
            try {
                found.putAll(control.load(missing, call));
            } catch (PutFailedException ex) {
                throw ex.failure();
            }
        }
        return inOrder(keys.keySet(), found);
    }

    private boolean isDue(DigestedKey key, @Nullable EntryMetadata seen) {
        EffectivePolicy policy = policies.of(key.namespace());
        return policy.refreshes() && loads.limits().refreshes().isDue(key, Objects.requireNonNull(seen), policy);
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
}
