package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoader;
import dev.cacheness.CacheMetadataException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.Lookup;
import dev.cacheness.StartedLoad;
import dev.cacheness.internal.key.DigestedKey;
import dev.cacheness.spi.MetadataBackend;
import dev.cacheness.spi.NullValue;
import dev.cacheness.spi.NullableType;
import dev.cacheness.spi.PutCondition;
import dev.cacheness.spi.StoredEntry;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gets values from loaders where the cache has none, one caller per key, and stores them. Thread-safe. */
final class Loads implements AutoCloseable {

    private final MetadataBackend index;

    private final Reads reads;

    private final Writes writes;

    private final LoadGate gate;

    private final Policies policies;

    private final LoadLimits limits;

    private final LoadControl control;

    private final Happenings happenings;

    private final FailureLog failures;

    private final InstantSource clock;

    Loads(
            MetadataBackend index,
            Reads reads,
            Writes writes,
            LoadGate gate,
            Policies policies,
            Happenings happenings,
            FailureLog failures,
            InstantSource clock) {
        this.index = index;
        this.reads = reads;
        this.writes = writes;
        this.gate = gate;
        this.policies = policies;
        this.happenings = happenings;
        this.failures = failures;
        this.clock = clock;
        this.limits = LoadLimits.of(gate, failures, clock);
        this.control = new LoadControl(reads, gate, limits, failures, clock);
    }

    /**
     * The value of a key, found or loaded.
     *
     * @param described whether the metadata of the entry are wanted whole
     */
    <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> getOrLoad(
            K key,
            DigestedKey digested,
            boolean described,
            CacheLoader<? super K, ? extends V, X> loader,
            PutSettings options)
            throws X {
        try {
            return find(key, digested, described, loader, options);
        } catch (PutFailedException ex) {
            throw ex.failure();
        }
    }

    private <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> find(
            K key,
            DigestedKey digested,
            boolean described,
            CacheLoader<? super K, ? extends V, X> loader,
            PutSettings options)
            throws X {
        Lookup<V> found = reads.find(key, digested, described);
        EffectivePolicy policy = policies.of(digested.namespace());
        if (found instanceof Lookup.Hit<V> hit) {
            if (policy.refreshes()) {
                limits.refreshes()
                        .ifDue(
                                digested,
                                hit.entry().metadata(),
                                policy,
                                new OneLoad<V, K, X>(key, digested, false, loader, options));
            }
            return hit.entry();
        }
        var load = new OneLoad<V, K, X>(key, digested, described, loader, options);
        return policy.controlsLoads() ? control.run(key, digested, policy, load) : gate.pass(digested, load);
    }

    <V, K extends CacheKey<V>, X extends Exception> CacheEntry<V> load(
            K key, DigestedKey digested, CacheLoader<? super K, ? extends V, X> loader, PutSettings options) throws X {
        OptionalLong invalidations = invalidationsOf(digested.digest());
        long start = System.nanoTime();
        V value;
        try {
            value = Objects.requireNonNull(loader.load(key), "The loader returned null; a value is never null");
            checkType(key, digested, value);
        } catch (Throwable ex) {
            failed(List.of(digested), System.nanoTime() - start, ex);
            throw ex;
        }
        return keep(key, digested, value, options, invalidations, Duration.ofNanos(System.nanoTime() - start));
    }

    /** What is of another type could be stored, but never read. Generics that were got around let a loader return it. */
    static void checkType(CacheKey<?> key, DigestedKey digested, Object value) {
        Type type = key.keyValueType();
        Type wanted = type instanceof NullableType nullable ? nullable.type() : type;
        boolean isNull = type instanceof NullableType && value == NullValue.INSTANCE;
        if (!isNull && !ValueTypes.isInstance(wanted, value)) {
            throw new ClassCastException("The loader of key " + digested.digest() + " in namespace '"
                    + digested.namespace() + "' returned a " + value.getClass().getName() + ", but the key is for "
                    + wanted.getTypeName());
        }
    }

    /** Counts one load that failed, whose values are missing for all these keys. */
    void failed(Collection<DigestedKey> keys, long nanos, Throwable failure) {
        happenings.loadFailure(keys.iterator().next(), nanos, failure);
        keys.stream()
                .map(DigestedKey::namespace)
                .distinct()
                .forEach(namespace -> limits.breakers().failed(namespace, policies.of(namespace)));
    }

    /**
     * Counts a loaded value, and stores it if that may be.
     *
     * @param invalidations what {@link #invalidationsOf} said before the load
     * @throws PutFailedException if it could not be stored, and the policy wants the caller to be told
     */
    <V> CacheEntry<V> keep(
            CacheKey<V> key,
            DigestedKey digested,
            V value,
            PutSettings options,
            OptionalLong invalidations,
            Duration time) {
        happenings.load(digested, time.toNanos());
        limits.breakers().succeeded(digested.namespace(), policies.of(digested.namespace()));
        StoredEntry stored = invalidations.isPresent() && options.stores(value)
                ? storeLoaded(key, digested, value, options, invalidations.getAsLong(), time)
                : null;
        return new CacheEntry<>(value, stored != null ? stored.metadata() : notStored(digested, value, time));
    }

    LoadLimits limits() {
        return limits;
    }

    /** Lets the caller load, and store later. */
    <V> StartedLoad<V> start(CacheKey<V> key, DigestedKey digested) {
        OptionalLong invalidations = invalidationsOf(digested.digest());
        long start = System.nanoTime();
        return (value, options) -> {
            PutSettings putSettings = PutSettings.of(options);
            long nanos = System.nanoTime() - start;
            happenings.load(digested, nanos);
            limits.breakers().succeeded(digested.namespace(), policies.of(digested.namespace()));
            return invalidations.isPresent()
                    && putSettings.stores(value)
                    && writes.store(
                                    key,
                                    digested,
                                    value,
                                    putSettings,
                                    new PutCondition.IfNotInvalidated(invalidations.getAsLong()),
                                    Duration.ofNanos(nanos))
                            != null;
        };
    }

    /** The loaded value counts for more than its being stored. */
    private <V> @Nullable StoredEntry storeLoaded(
            CacheKey<V> key, DigestedKey digested, V value, PutSettings options, long invalidations, Duration time) {
        try {
            return writes.store(key, digested, value, options, new PutCondition.IfNotInvalidated(invalidations), time);
        } catch (CacheException ex) {
            happenings.storeFailure(digested);
            failures.warn(
                    "store-" + ex.getClass().getSimpleName(),
                    "The value loaded for key " + digested.digest() + " in namespace '" + digested.namespace()
                            + "' could not be stored",
                    ex);
            if (policies.of(digested.namespace()).throwsPutFailures()) {
                throw new PutFailedException(ex);
            }
            return null;
        }
    }

    /** For callers that run their loads themselves. */
    LoadAdvice advice(Function<CacheKey<?>, DigestedKey> digests) {
        return new PolicyAdvice(digests, reads, policies, limits, happenings, failures, clock);
    }

    OptionalLong invalidationsOf(String digest) {
        try {
            return OptionalLong.of(index.invalidations(digest));
        } catch (CacheMetadataException ex) {
            // Without the number nobody could tell later whether the loaded value is stale, so it will not be stored.
            failures.warn("backend-down", "The index does not answer; key " + digest + " is loaded and not stored", ex);
            return OptionalLong.empty();
        }
    }

    /** What there is to say of a value that only its callers have. */
    private EntryMetadata notStored(DigestedKey digested, Object value, Duration loadTime) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new EntryMetadata(
                digested.digest(),
                digested.namespace(),
                Map.of(),
                null,
                Map.of(),
                Set.of(),
                now,
                now,
                now,
                0,
                loadTime,
                "none",
                value.getClass().getName(),
                "none",
                0,
                0);
    }

    @Override
    public void close() {
        limits.close();
    }

    private final class OneLoad<V, K extends CacheKey<V>, X extends Exception>
            implements LoadGate.Load<CacheEntry<V>, X> {

        private final K key;

        private final DigestedKey digested;

        private final boolean described;

        private final CacheLoader<? super K, ? extends V, X> loader;

        private final PutSettings options;

        OneLoad(
                K key,
                DigestedKey digested,
                boolean described,
                CacheLoader<? super K, ? extends V, X> loader,
                PutSettings options) {
            this.key = key;
            this.digested = digested;
            this.described = described;
            this.loader = loader;
            this.options = options;
        }

        @Override
        public Optional<CacheEntry<V>> stored() {
            return reads.attempt(key, digested, described) instanceof Lookup.Hit<V> hit
                    ? Optional.of(hit.entry())
                    : Optional.empty();
        }

        @Override
        public CacheEntry<V> run() throws X {
            return load(key, digested, loader, options);
        }
    }
}
