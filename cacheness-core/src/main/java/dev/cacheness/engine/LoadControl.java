package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.internal.key.DigestedKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads within the limits of a policy, and hands out stale values where the policy says so. Thread-safe. */
final class LoadControl {

    private final Reads reads;

    private final LoadGate gate;

    private final RetryPauses pauses;

    private final LoadBreakers breakers;

    private final FailureLog failures;

    private final InstantSource clock;

    private final BackgroundLoads timedLoads;

    LoadControl(Reads reads, LoadGate gate, LoadLimits limits, FailureLog failures, InstantSource clock) {
        this.reads = reads;
        this.gate = gate;
        this.pauses = limits.pauses();
        this.breakers = limits.breakers();
        this.timedLoads = limits.timedLoads();
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * The value that the load makes, or a stale one.
     *
     * @throws X what the load threw, if there is no stale value
     * @throws CacheLoadTimeoutException if it takes too long, and there is no stale value
     * @throws CacheLoadRefusedException if too many loads failed, and there is no stale value
     */
    <V, X extends Exception> CacheEntry<V> run(
            CacheKey<V> key, DigestedKey digested, EffectivePolicy policy, LoadGate.Load<CacheEntry<V>, X> load)
            throws X {
        if (pauses.isIn(digested.digest(), clock.instant())) {
            Optional<CacheEntry<V>> stale = reads.standIn(key, digested);
            if (stale.isPresent()) {
                return stale.get();
            }
        }
        if (!breakers.allows(digested.namespace(), policy)) {
            return reads.standIn(key, digested)
                    .orElseThrow(() -> new CacheLoadRefusedException(digested.digest(), digested.namespace()));
        }
        try {
            return policy.hasTimeLimit() ? timed(key, digested, policy, load) : gate.pass(digested, load);
        } catch (PutFailedException ex) {
            throw ex;
        } catch (Exception ex) {
            // Read only now: what was invalidated while the load went on is not there any more.
            Optional<CacheEntry<V>> stale = reads.standIn(key, digested);
            if (stale.isEmpty()) {
                throw ex;
            }
            pause(digested, policy);
            failures.warn(
                    "stale",
                    "Key " + digested.digest() + " in namespace '" + digested.namespace()
                            + "' could not be loaded; a stale value stands in for it",
                    ex);
            return stale.get();
        }
    }

    private <V, X extends Exception> CacheEntry<V> timed(
            CacheKey<V> key, DigestedKey digested, EffectivePolicy policy, LoadGate.Load<CacheEntry<V>, X> load) {
        BackgroundLoads.Running running =
                timedLoads.start(digested.digest(), () -> passOrPause(digested, policy, load));
        if (running == null) {
            throw new CacheLoadTimeoutException(digested.digest(), digested.namespace(), Duration.ZERO);
        }
        Duration soft = policy.said().softTimeout();
        Duration hard = policy.said().hardTimeout();
        if (soft != null && !running.await(soft)) {
            Optional<CacheEntry<V>> stale = reads.standIn(key, digested);
            if (stale.isPresent()) {
                return stale.get();
            }
        }
        if (!running.await(rest(hard, soft))) {
            breakers.failed(digested.namespace(), policy);
            throw new CacheLoadTimeoutException(digested.digest(), digested.namespace(), Objects.requireNonNull(hard));
        }
        return running.outcome();
    }

    /** Whoever gave up waiting will not see a failure, but must not try again at once. */
    private <V, X extends Exception> V passOrPause(
            DigestedKey digested, EffectivePolicy policy, LoadGate.Load<V, X> load) throws X {
        try {
            return gate.pass(digested, load);
        } catch (PutFailedException ex) {
            throw ex;
        } catch (Exception ex) {
            pause(digested, policy);
            throw ex;
        }
    }

    private void pause(DigestedKey digested, EffectivePolicy policy) {
        pauses.begin(digested.digest(), clock.instant().plus(policy.staleRetry()));
    }

    private static @Nullable Duration rest(@Nullable Duration hard, @Nullable Duration soft) {
        return hard == null || soft == null ? hard : hard.minus(soft);
    }
}
