package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.DigestedKey;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Loads values anew in the background before anybody has to wait for them. Thread-safe. */
final class Refreshes implements AutoCloseable {

    private final LoadGate gate;

    private final RetryPauses pauses;

    private final LoadBreakers breakers;

    private final FailureLog failures;

    private final InstantSource clock;

    /** Above 0.0 and up to 1.0. */
    private final DoubleSupplier chance =
            () -> 1.0 - ThreadLocalRandom.current().nextDouble();

    private final BackgroundLoads background = BackgroundLoads.forRefreshes();

    Refreshes(LoadGate gate, RetryPauses pauses, LoadBreakers breakers, FailureLog failures, InstantSource clock) {
        this.gate = gate;
        this.pauses = pauses;
        this.breakers = breakers;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Starts a load if the policy says that it is time for it and there is none yet. Never waits.
     *
     * @param seen what was handed out to the caller
     */
    <V, X extends Exception> void ifDue(
            DigestedKey key, EntryMetadata seen, EffectivePolicy policy, LoadGate.Load<CacheEntry<V>, X> load) {
        if (isDue(key, seen, policy) && breakers.allows(key.namespace(), policy)) {
            warnIfFull(background.start(key.digest(), () -> refresh(key, policy, unlessNewerThan(seen, load))));
        }
    }

    /** Whether it is time to load a value anew that is being handed out, and nobody is about it or has tried in vain just now. */
    boolean isDue(DigestedKey key, EntryMetadata seen, EffectivePolicy policy) {
        return policy.isDue(seen, clock.instant(), chance.getAsDouble())
                && !background.isRunning(key.digest())
                && !pauses.isIn(key.digest(), clock.instant());
    }

    /** Starts a load of several keys that are due. Never waits. */
    void startAll(Collection<String> digests, Callable<?> load) {
        warnIfFull(background.startAll(digests, load));
    }

    private void warnIfFull(BackgroundLoads.@Nullable Running started) {
        if (started == null) {
            failures.warn(
                    "refresh-queue", "Too many values are to be refreshed; some wait for the next one who asks", null);
        }
    }

    private <V, X extends Exception> V refresh(DigestedKey key, EffectivePolicy policy, LoadGate.Load<V, X> load)
            throws X {
        try {
            return gate.pass(key, load);
        } catch (Exception ex) {
            pauses.begin(key.digest(), clock.instant().plus(policy.staleRetry()));
            failures.warn(
                    "refresh",
                    "Key " + key.digest() + " in namespace '" + key.namespace()
                            + "' could not be refreshed; the former value is used until its end",
                    ex);
            throw ex;
        }
    }

    private static <V, X extends Exception> LoadGate.Load<CacheEntry<V>, X> unlessNewerThan(
            EntryMetadata seen, LoadGate.Load<CacheEntry<V>, X> load) {
        return new LoadGate.Load<>() {
            @Override
            public Optional<CacheEntry<V>> stored() {
                return load.stored()
                        .filter(entry -> entry.metadata().createdAt().isAfter(seen.createdAt()));
            }

            @Override
            public CacheEntry<V> run() throws X {
                return load.run();
            }
        };
    }

    @Override
    public void close() {
        background.close();
    }
}
