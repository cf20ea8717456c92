package dev.cacheness.boot.actuate;

import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachePolicies;
import dev.cacheness.engine.CachePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policies as the endpoint shows them: the points that hold, named as the properties are. */
final class PolicyFigures {

    private final Map<String, Object> points = new LinkedHashMap<>();

    private PolicyFigures() {}

    static Map<String, Map<String, Object>> all(Cacheness cacheness) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        cacheness
                .unwrap(CachePolicies.class)
                .ifPresent(policies -> policies.policies().forEach((name, policy) -> all.put(name, of(policy))));
        return all;
    }

    static Map<String, Map<String, Object>> one(Cacheness cacheness, String namespace) {
        return cacheness
                .unwrap(CachePolicies.class)
                .map(policies -> Map.of(namespace, of(policies.policy(namespace))))
                .orElseGet(Map::of);
    }

    private static Map<String, Object> of(CachePolicy policy) {
        return new PolicyFigures()
                .add("ttl", policy.ttl())
                .add("jitter", policy.jitter())
                .add("idle-ttl", policy.idleTtl())
                .add("null-ttl", policy.nullTtl())
                .add("empty-ttl", policy.emptyTtl())
                .add("soft-ttl", policy.softTtl())
                .add("stale-if-error", policy.staleIfError())
                .add("stale-retry", policy.staleRetry())
                .add("refresh-ahead", policy.refreshAhead())
                .add("early-refresh", policy.earlyRefresh())
                .add("soft-timeout", policy.softTimeout())
                .add("hard-timeout", policy.hardTimeout())
                .add("breaker-failures", policy.breakerFailures())
                .add("breaker-pause", policy.breakerPause())
                .add("single-flight", policy.singleFlight())
                .add("codec", policy.codec())
                .add("codec-level", policy.codecLevel())
                .add("handler", policy.handler())
                .add("store-key-params", policy.storeKeyParameters())
                .add("max-size", policy.maxSizeBytes())
                .add("max-entries", policy.maxEntries())
                .add("eviction", policy.eviction())
                .add("memory", policy.memory())
                .add("durability", policy.durability())
                .add("trusted-packages", policy.trustedPackages())
                .add("put-failures", policy.putFailures())
                .points;
    }

    private PolicyFigures add(String name, @Nullable Object value) {
        if (value instanceof Enum<?> choice) {
            points.put(name, choice.name().toLowerCase(Locale.ROOT));
        } else if (value != null) {
            points.put(name, value instanceof Duration ? value.toString() : value);
        }
        return this;
    }
}
