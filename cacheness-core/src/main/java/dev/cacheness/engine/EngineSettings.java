package dev.cacheness.engine;

import dev.cacheness.spi.Codec;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that the engine looks at while it works. */
record EngineSettings(
        @Nullable Duration defaultTtl,
        Map<String, CachePolicy> policies,
        Codec codec,
        int codecLevel,
        int compressionThresholdBytes,
        int inlineThresholdBytes,
        long maxSizeBytes,
        boolean storeKeyParameters,
        boolean cleanUpOnInit) {

    EngineSettings {
        policies = Map.copyOf(policies);
    }

    /** How long entries of a namespace live if a put does not say, null for ever. */
    @Nullable
    Duration ttlOf(String namespace) {
        CachePolicy policy = policies.get(namespace);
        return policy != null && policy.ttl() != null ? policy.ttl() : defaultTtl;
    }
}
