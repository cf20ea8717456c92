package dev.cacheness.boot.annotation;

import dev.cacheness.PutOption;
import dev.cacheness.engine.CachePolicies;
import java.time.Duration;

/** What can be wrong with a method only by the standards of the cache that there is. */
final class LateChecks {

    private final CachePolicies policies;

    LateChecks(CachePolicies policies) {
        this.policies = policies;
    }

    /** @throws CachedMethodException if the annotation makes no sense for this cache */
    void check(CachedMethod method) {
        CachedOperation cached = method.cached();
        if (cached != null) {
            for (PutOption option : cached.facts().fixed()) {
                if (option instanceof PutOption.CodecName codec) {
                    checkCodec(cached, codec.name());
                } else if (option instanceof PutOption.Ttl ttl) {
                    checkLife(cached, ttl.ttl());
                }
            }
        }
    }

    private void checkCodec(CachedOperation cached, String codec) {
        if (!policies.codecNames().contains(codec)) {
            throw cached.expressions()
                    .problem(
                            "codec", codec, "is no codec: known are " + String.join(", ", policies.codecNames()), null);
        }
    }

    private void checkLife(CachedOperation cached, Duration ttl) {
        Duration softTtl = policies.policy(cached.cache()).softTtl();
        if (softTtl != null && softTtl.compareTo(ttl) >= 0) {
            throw cached.expressions()
                    .problem(
                            "ttl",
                            ttl.toString(),
                            "is not longer than the soft-ttl of the cache '" + cached.cache() + "', which is "
                                    + softTtl,
                            null);
        }
    }
}
