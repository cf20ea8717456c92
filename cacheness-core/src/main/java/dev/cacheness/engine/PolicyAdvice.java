package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.DigestedKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Advises with what {@link LoadControl} and {@link Refreshes} know: keys that rest after a failure rest for all. Thread-safe. */
final class PolicyAdvice implements LoadAdvice {

    private final Function<CacheKey<?>, DigestedKey> digests;

    private final Reads reads;

    private final Policies policies;

    private final RetryPauses pauses;

    private final LoadBreakers breakers;

    private final Happenings happenings;

    private final FailureLog failures;

    private final InstantSource clock;

    PolicyAdvice(
            Function<CacheKey<?>, DigestedKey> digests,
            Reads reads,
            Policies policies,
            LoadLimits limits,
            Happenings happenings,
            FailureLog failures,
            InstantSource clock) {
        this.digests = digests;
        this.reads = reads;
        this.policies = policies;
        this.pauses = limits.pauses();
        this.breakers = limits.breakers();
        this.happenings = happenings;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public boolean refreshes(String namespace) {
        return policies.of(namespace).refreshes();
    }

    @Override
    public boolean controlsLoads(String namespace) {
        return policies.of(namespace).controlsLoads();
    }

    @Override
    public boolean isRefreshDue(CacheKey<?> key, EntryMetadata seen) {
        EffectivePolicy policy = policies.of(seen.namespace());
        return policy.refreshes()
                && policy.isDue(
                        seen, clock.instant(), 1.0 - ThreadLocalRandom.current().nextDouble())
                && !pauses.isIn(seen.digest(), clock.instant())
                && breakers.allows(seen.namespace(), policy);
    }

    @Override
    public <V> Optional<CacheEntry<V>> insteadOfLoad(CacheKey<V> key) {
        DigestedKey digested = digests.apply(key);
        EffectivePolicy policy = policies.of(digested.namespace());
        if (pauses.isIn(digested.digest(), clock.instant())) {
            Optional<CacheEntry<V>> stale = reads.standIn(key, digested);
            if (stale.isPresent()) {
                return stale;
            }
        }
        if (breakers.allows(digested.namespace(), policy)) {
            return Optional.empty();
        }
        return Optional.of(reads.standIn(key, digested)
                .orElseThrow(() -> new CacheLoadRefusedException(digested.digest(), digested.namespace())));
    }

    @Override
    public <V> Optional<CacheEntry<V>> afterFailure(CacheKey<V> key, Duration time, Throwable failure) {
        DigestedKey digested = digests.apply(key);
        EffectivePolicy policy = policies.of(digested.namespace());
        happenings.loadFailure(digested, time.toNanos(), failure);
        breakers.failed(digested.namespace(), policy);
        Optional<CacheEntry<V>> stale =
                policy.refreshes() || policy.controlsLoads() ? reads.standIn(key, digested) : Optional.empty();
        if (stale.isPresent()) {
            pauses.begin(digested.digest(), clock.instant().plus(policy.staleRetry()));
            failures.warn(
                    "stale",
                    "Key " + digested.digest() + " in namespace '" + digested.namespace()
                            + "' could not be loaded; the former value stands in for it",
                    failure);
        }
        return stale;
    }

    @Override
    public <V> Optional<CacheEntry<V>> standIn(CacheKey<V> key) {
        return reads.standIn(key, digests.apply(key));
    }

    @Override
    public @Nullable Duration softTimeout(String namespace) {
        return policies.of(namespace).said().softTimeout();
    }

    @Override
    public @Nullable Duration hardTimeout(String namespace) {
        return policies.of(namespace).said().hardTimeout();
    }

    @Override
    public CacheLoadTimeoutException timedOut(CacheKey<?> key) {
        DigestedKey digested = digests.apply(key);
        EffectivePolicy policy = policies.of(digested.namespace());
        breakers.failed(digested.namespace(), policy);
        return new CacheLoadTimeoutException(
                digested.digest(),
                digested.namespace(),
                Objects.requireNonNull(policy.said().hardTimeout()));
    }
}
