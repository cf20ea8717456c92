package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.spi.Codec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The policy of every namespace, put together from what is said of its name, then of the patterns that it matches, the most particular first, and then of
 * the whole cache. Thread-safe.
 */
final class Policies implements CachePolicies {

    /** Beyond this number of namespaces the policies of further ones are put together each time. */
    private static final int MAX_REMEMBERED = 1_000;

    private final EffectivePolicy defaults;

    private final Map<String, CachePolicy> byName = new LinkedHashMap<>();

    private final List<NamePattern> patterns;

    private final CodecRegistry codecs;

    private final Map<String, EffectivePolicy> known = new ConcurrentHashMap<>();

    /** @param defaults names its codec */
    Policies(EffectivePolicy defaults, Map<String, CachePolicy> byName, CodecRegistry codecs) {
        this.defaults = defaults;
        this.byName.putAll(byName);
        this.codecs = codecs;
        this.patterns = byName.keySet().stream()
                .filter(NamePattern::isPattern)
                .map(NamePattern::of)
                .sorted(NamePattern.MOST_PARTICULAR_FIRST)
                .toList();
    }

    /** One policy for all. */
    Policies(EffectivePolicy policy) {
        this(policy, Map.of(), new CodecRegistry());
    }

    EffectivePolicy of(String namespace) {
        EffectivePolicy policy = known.get(namespace);
        if (policy != null) {
            return policy;
        }
        policy = effective(merged(namespace));
        if (known.size() < MAX_REMEMBERED) {
            known.put(namespace, policy);
        }
        return policy;
    }

    /** What holds for a name, which may also be a pattern: then for the names that only it and what it matches say something of. */
    CachePolicy merged(String name) {
        CachePolicy merged = byName.getOrDefault(name, CachePolicy.DEFAULT);
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                merged = withCodec(merged, Objects.requireNonNull(byName.get(pattern.text())));
            }
        }
        return withCodec(merged, defaults.said());
    }

    /** Codec and level go together: the level of one codec means nothing for another. */
    private static CachePolicy withCodec(CachePolicy policy, CachePolicy other) {
        CachePolicy merged = policy.over(other);
        boolean keepsLevel = policy.codec() == null || policy.codec().equals(other.codec());
        return keepsLevel || policy.codecLevel() != null
                ? merged
                : CachePolicy.builder().from(merged).codecLevel(null).build();
    }

    private EffectivePolicy effective(CachePolicy policy) {
        if (policy.equals(defaults.said())) {
            return defaults;
        }
        Codec codec = codecs.require(Objects.requireNonNull(policy.codec()));
        return new EffectivePolicy(
                policy,
                codec,
                codecs.requireLevel(codec, policy.codecLevel()),
                defaults.compressionThresholdBytes(),
                defaults.inlineThresholdBytes(),
                policy.maxSizeBytes() == null
                        ? defaults.maxValueBytes()
                        : Math.min(policy.maxSizeBytes(), defaults.maxValueBytes()));
    }

    /** A codec by its name. */
    Codec codec(String name) {
        return codecs.require(name);
    }

    /** The level that a codec has by itself. */
    int ownLevel(Codec codec) {
        return codecs.requireLevel(codec, null);
    }

    /** The longest time that any policy lets entries stay after their end. */
    Duration longestStaleWindow() {
        Duration longest = defaults.staleWindow();
        for (CachePolicy policy : byName.values()) {
            Duration window = policy.staleIfError();
            if (window != null && window.compareTo(longest) > 0) {
                longest = window;
            }
        }
        return longest;
    }

    /** Whether any policy ends entries that nobody reads. */
    boolean endsIdleEntries() {
        return byName.values().stream().anyMatch(policy -> policy.idleTtl() != null);
    }

    /** Whether any policy lets readers have the same object. */
    boolean sharesValues() {
        return byName.values().stream().anyMatch(policy -> policy.memory() == MemoryUse.REFERENCE);
    }

    /** A name whose entries survive more than those of the whole cache, null if there is none. */
    @Nullable
    String firstThatForces() {
        return defaults.durability() == Durability.POWER
                ? null
                : byName.entrySet().stream()
                        .filter(policy -> policy.getValue().durability() == Durability.POWER)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public CachePolicy policy(String namespace) {
        return of(namespace).said();
    }

    @Override
    public List<String> codecNames() {
        return codecs.names();
    }

    @Override
    public Map<String, CachePolicy> policies() {
        Map<String, CachePolicy> all = new TreeMap<>();
        byName.keySet().forEach(name -> all.put(name, merged(name)));
        known.forEach((name, policy) -> all.put(name, policy.said()));
        return all;
    }
}
