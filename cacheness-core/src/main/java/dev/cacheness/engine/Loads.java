package dev.cacheness.engine;

import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoader;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.Lookup;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.PutCondition;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Gets values from loaders where the cache has none, one caller per key, and stores them. Thread-safe. */
final class Loads {

    private final MetadataBackend index;

    private final Reads reads;

    private final Writes writes;

    private final LoadGate gate;

    private final Happenings happenings;

    private final FailureLog failures;

    Loads(
            MetadataBackend index,
            Reads reads,
            Writes writes,
            LoadGate gate,
            Happenings happenings,
            FailureLog failures) {
        this.index = index;
        this.reads = reads;
        this.writes = writes;
        this.gate = gate;
        this.happenings = happenings;
        this.failures = failures;
    }

    /** The value of a key, found or loaded. */
    <V, K extends CacheKey<V>, X extends Exception> V getOrLoad(
            K key, DigestedKey digested, CacheLoader<? super K, ? extends V, X> loader, PutSettings options) throws X {
        Lookup<V> found = reads.find(key, digested, false);
        if (found instanceof Lookup.Hit<V> hit) {
            return hit.entry().value();
        }
        return gate.pass(digested, new LoadGate.Load<V, X>() {
            @Override
            public Optional<V> stored() {
                return reads.attempt(key, digested, false).value();
            }

            @Override
            public V run() throws X {
                return load(key, digested, loader, options);
            }
        });
    }

    private <V, K extends CacheKey<V>, X extends Exception> V load(
            K key, DigestedKey digested, CacheLoader<? super K, ? extends V, X> loader, PutSettings options) throws X {
        OptionalLong invalidations = invalidationsOf(digested.digest());
        long start = System.nanoTime();
        V value;
        try {
            value = Objects.requireNonNull(loader.load(key), "The loader returned null; a value is never null");
        } catch (Throwable ex) {
            happenings.loadFailure(digested, System.nanoTime() - start, ex);
            throw ex;
        }
        long nanos = System.nanoTime() - start;
        happenings.load(digested, nanos);
        if (invalidations.isPresent()) {
            storeLoaded(key, digested, value, options, invalidations.getAsLong(), Duration.ofNanos(nanos));
        }
        return value;
    }

    /** The loaded value counts for more than its being stored. */
    private <V> void storeLoaded(
            CacheKey<V> key, DigestedKey digested, V value, PutSettings options, long invalidations, Duration time) {
        try {
            writes.store(key, digested, value, options, new PutCondition.IfNotInvalidated(invalidations), time);
        } catch (CacheException ex) {
            happenings.storeFailure(digested);
            failures.warn(
                    "store-" + ex.getClass().getSimpleName(),
                    "The value loaded for key " + digested.digest() + " in namespace '" + digested.namespace()
                            + "' could not be stored",
                    ex);
        }
    }

    private OptionalLong invalidationsOf(String digest) {
        try {
            return OptionalLong.of(index.invalidations(digest));
        } catch (CacheMetadataException ex) {
            // Without the number nobody could tell later whether the loaded value is stale, so it will not be stored.
            failures.warn("backend-down", "The index does not answer; key " + digest + " is loaded and not stored", ex);
            return OptionalLong.empty();
        }
    }
}
