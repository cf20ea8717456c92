package dev.cacheness.engine;

import dev.cacheness.CacheEntry;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheLoadTimeoutException;
import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.key.DigestedKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads many keys at once within the limits of their policies, and hands out stale values where they say so. What is true of one load is true of all its keys:
 * the shortest time limit of all policies counts, and stale values stand in for a load only if there is one for each key. Thread-safe.
 */
final class BulkControl {

    private final Reads reads;

    private final Policies policies;

    private final LoadLimits limits;

    private final FailureLog failures;

    private final InstantSource clock;

    BulkControl(Reads reads, Policies policies, LoadLimits limits, FailureLog failures, InstantSource clock) {
        this.reads = reads;
        this.policies = policies;
        this.limits = limits;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Loads what is missing, or stale values of it; without the keys that have neither.
     *
     * @throws X what the load threw, if there is not a stale value for each key
     * @throws CacheLoadTimeoutException if it takes too long, and there is not a stale value for each key
     * @throws CacheLoadRefusedException if too many loads failed, and a key has no stale value
     */
    <V, K extends CacheKey<V>, X extends Exception> Map<K, V> load(List<K> missing, BulkCall<V, K, X> call) throws X {
        Map<K, V> values = new LinkedHashMap<>();
        List<K> toLoad = whatMayBeLoaded(missing, call, values);
        if (!toLoad.isEmpty()) {
            values.putAll(loadOrStandIn(toLoad, call));
        }
        return values;
    }

    /** @param values is given the stale values of the others */
    private <V, K extends CacheKey<V>> List<K> whatMayBeLoaded(
            List<K> missing, BulkCall<V, K, ?> call, Map<K, V> values) {
        List<K> toLoad = new ArrayList<>();
        // One load is one attempt, however many keys it has.
        Map<String, Boolean> allowed = new HashMap<>();
        Instant now = clock.instant();
        for (K key : missing) {
            DigestedKey digested = call.digestOf(key);
            String namespace = digested.namespace();
            Optional<CacheEntry<V>> stale =
                    limits.pauses().isIn(digested.digest(), now) ? reads.standIn(key, digested) : Optional.empty();
            if (stale.isPresent()) {
                values.put(key, stale.get().value());
            } else if (allowed.computeIfAbsent(
                    namespace, name -> limits.breakers().allows(name, policies.of(name)))) {
                toLoad.add(key);
            } else {
                values.put(
                        key,
                        reads.standIn(key, digested)
                                .orElseThrow(() -> new CacheLoadRefusedException(digested.digest(), namespace))
                                .value());
            }
        }
        return toLoad;
    }

    private <V, K extends CacheKey<V>, X extends Exception> Map<K, V> loadOrStandIn(
            List<K> toLoad, BulkCall<V, K, X> call) throws X {
        try {
            Duration soft = shortest(toLoad, call, CachePolicy::softTimeout);
            Duration hard = shortest(toLoad, call, CachePolicy::hardTimeout);
            return soft == null && hard == null ? call.load(toLoad) : timed(toLoad, call, soft, hard);
        } catch (PutFailedException ex) {
            throw ex;
        } catch (Exception ex) {
            // Read only now: what was invalidated while the load went on is not there any more.
            Optional<Map<K, V>> stale = standIns(toLoad, call);
            if (stale.isEmpty()) {
                throw ex;
            }
            pause(toLoad, call);
            failures.warn("stale", toLoad.size() + " keys could not be loaded; stale values stand in for them", ex);
            return stale.get();
        }
    }

    private <V, K extends CacheKey<V>, X extends Exception> Map<K, V> timed(
            List<K> toLoad, BulkCall<V, K, X> call, @Nullable Duration soft, @Nullable Duration hard) {
        DigestedKey first = call.digestOf(toLoad.get(0));
        // In another thread as a whole, so that who has a turn is who loads.
        BackgroundLoads.Running running =
                limits.timedLoads().startAll(digests(toLoad, call), orPause(toLoad, call, () -> call.load(toLoad)));
        if (running == null) {
            throw new CacheLoadTimeoutException(first.digest(), first.namespace(), Duration.ZERO);
        }
        if (soft != null && !running.await(soft)) {
            Optional<Map<K, V>> stale = standIns(toLoad, call);
            if (stale.isPresent()) {
                return stale.get();
            }
        }
        if (!running.await(hard == null || soft == null ? hard : hard.minus(soft))) {
            toLoad.stream()
                    .map(call::digestOf)
                    .map(DigestedKey::namespace)
                    .distinct()
                    .forEach(namespace -> limits.breakers().failed(namespace, policies.of(namespace)));
            throw new CacheLoadTimeoutException(first.digest(), first.namespace(), Objects.requireNonNull(hard));
        }
        return running.outcome();
    }

    /** Lets another load replace what is due. Never waits. */
    <V, K extends CacheKey<V>> void refresh(Map<K, EntryMetadata> due, BulkCall<V, K, ?> call) {
        Map<String, Boolean> allowed = new HashMap<>();
        Map<K, EntryMetadata> toLoad = new LinkedHashMap<>(due);
        toLoad.keySet()
                .removeIf(key -> !allowed.computeIfAbsent(
                        call.digestOf(key).namespace(),
                        name -> limits.breakers().allows(name, policies.of(name))));
        if (toLoad.isEmpty()) {
            return;
        }
        limits.refreshes().startAll(digests(toLoad.keySet(), call), orPause(toLoad.keySet(), call, () -> {
            try {
                call.refresh(toLoad);
                return true;
            } catch (Exception ex) {
                failures.warn(
                        "refresh",
                        toLoad.size() + " keys could not be refreshed; the former values are used until their end",
                        ex);
                throw ex;
            }
        }));
    }

    private static <V, K extends CacheKey<V>> List<String> digests(Collection<K> keys, BulkCall<V, K, ?> call) {
        return keys.stream().map(key -> call.digestOf(key).digest()).toList();
    }

    /** Whoever gave up waiting will not see a failure, but must not try again at once. */
    private <V, K extends CacheKey<V>> Callable<Object> orPause(
            Collection<K> keys, BulkCall<V, K, ?> call, Callable<?> load) {
        return () -> {
            try {
                return load.call();
            } catch (PutFailedException ex) {
                throw ex;
            } catch (Exception ex) {
                pause(keys, call);
                throw ex;
            }
        };
    }

    private <V, K extends CacheKey<V>> void pause(Collection<K> keys, BulkCall<V, K, ?> call) {
        Instant now = clock.instant();
        for (K key : keys) {
            DigestedKey digested = call.digestOf(key);
            limits.pauses()
                    .begin(
                            digested.digest(),
                            now.plus(policies.of(digested.namespace()).staleRetry()));
        }
    }

    /** Empty unless there is one for each key. */
    private <V, K extends CacheKey<V>> Optional<Map<K, V>> standIns(List<K> keys, BulkCall<V, K, ?> call) {
        Map<K, CacheEntry<V>> found = new LinkedHashMap<>();
        for (K key : keys) {
            Optional<CacheEntry<V>> entry = reads.possibleStandIn(key, call.digestOf(key));
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            found.put(key, entry.get());
        }
        Map<K, V> values = new LinkedHashMap<>();
        found.forEach((key, entry) -> {
            reads.countStale(call.digestOf(key), entry);
            values.put(key, entry.value());
        });
        return Optional.of(values);
    }

    private <V, K extends CacheKey<V>> @Nullable Duration shortest(
            List<K> keys, BulkCall<V, K, ?> call, Function<CachePolicy, @Nullable Duration> limit) {
        return keys.stream()
                .map(key ->
                        limit.apply(policies.of(call.digestOf(key).namespace()).said()))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
