package dev.cacheness.engine;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A breaker for the loads of every namespace whose policy wants one. Thread-safe. */
final class LoadBreakers {

    /** Namespaces beyond this number share one. */
    private static final int MAX_NAMESPACES = 1_000;

    private static final String OTHERS = "\u0000others";

    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    private final InstantSource clock;

    LoadBreakers(InstantSource clock) {
        this.clock = clock;
    }

    boolean allows(String namespace, EffectivePolicy policy) {
        return !policy.hasBreaker() || of(namespace, policy).allows();
    }

    void succeeded(String namespace, EffectivePolicy policy) {
        if (policy.hasBreaker()) {
            of(namespace, policy).succeeded();
        }
    }

    void failed(String namespace, EffectivePolicy policy) {
        if (policy.hasBreaker()) {
            of(namespace, policy).failed();
        }
    }

    private Breaker of(String namespace, EffectivePolicy policy) {
        Breaker breaker = breakers.get(namespace);
        if (breaker != null) {
            return breaker;
        }
        String name = breakers.size() < MAX_NAMESPACES ? namespace : OTHERS;
        return breakers.computeIfAbsent(
                name, key -> new Breaker(policy.breakerFailures(), policy.breakerPause(), clock));
    }
}
