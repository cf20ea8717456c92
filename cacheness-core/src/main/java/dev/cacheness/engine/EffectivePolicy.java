package dev.cacheness.engine;

import dev.cacheness.spi.Codec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the entries of a namespace, with nothing left open.
 *
 * @param ttl how long entries live if a put does not say, null for ever
 * @param codec compresses values
 * @param codecLevel the level of the codec
 * @param compressionThresholdBytes values below this are not compressed
 * @param inlineThresholdBytes values whose stored size is at most this go into the index
 * @param maxValueBytes what the stored size of one value may be at most
 * @param storeKeyParameters whether the parameters of keys are stored for people
 */
record EffectivePolicy(
        @Nullable Duration ttl,
        Codec codec,
        int codecLevel,
        int compressionThresholdBytes,
        int inlineThresholdBytes,
        long maxValueBytes,
        boolean storeKeyParameters) {

    EffectivePolicy with(CachePolicy policy) {
        return new EffectivePolicy(
                policy.ttl() != null ? policy.ttl() : ttl,
                codec,
                codecLevel,
                compressionThresholdBytes,
                inlineThresholdBytes,
                maxValueBytes,
                storeKeyParameters);
    }
}
