package dev.cacheness.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** The policy of every namespace. Immutable. */
final class Policies {

    private final EffectivePolicy defaults;

    private final Map<String, EffectivePolicy> byName = new LinkedHashMap<>();

    Policies(EffectivePolicy defaults, Map<String, CachePolicy> byName) {
        this.defaults = defaults;
        byName.forEach((name, policy) -> this.byName.put(name, defaults.with(policy)));
    }

    EffectivePolicy of(String namespace) {
        return byName.getOrDefault(namespace, defaults);
    }
}
