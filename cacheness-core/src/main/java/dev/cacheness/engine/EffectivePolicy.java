package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.Eviction;
import dev.cacheness.spi.NullValue;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the entries of a namespace, with nothing left open.
 *
 * @param said all points, with the defaults of the cache where no policy says anything
 * @param codec compresses values
 * @param codecLevel the level of the codec
 * @param compressionThresholdBytes values below this are not compressed
 * @param inlineThresholdBytes values whose stored size is at most this go into the index
 * @param maxValueBytes what the stored size of one value may be at most
 */
record EffectivePolicy(
        CachePolicy said,
        Codec codec,
        int codecLevel,
        int compressionThresholdBytes,
        int inlineThresholdBytes,
        long maxValueBytes) {

    /** Only what is needed to write. */
    EffectivePolicy(
            @Nullable Duration ttl,
            Codec codec,
            int codecLevel,
            int compressionThresholdBytes,
            int inlineThresholdBytes,
            long maxValueBytes,
            boolean storeKeyParameters) {
        this(
                CachePolicy.builder()
                        .ttl(ttl)
                        .codec(codec.name())
                        .codecLevel(codecLevel)
                        .storeKeyParameters(storeKeyParameters)
                        .build(),
                codec,
                codecLevel,
                compressionThresholdBytes,
                inlineThresholdBytes,
                maxValueBytes);
    }

    /** How long entries live if a put does not say, null for ever. */
    @Nullable
    Duration ttl() {
        return said.ttl();
    }

    boolean storesKeyParameters() {
        return !Boolean.FALSE.equals(said.storeKeyParameters());
    }

    /** What the value itself says of how long it lives at most, null for nothing. */
    @Nullable
    Duration bound(Object value) {
        if (value == NullValue.INSTANCE) {
            return said.nullTtl();
        }
        return said.emptyTtl() != null && isEmpty(value) ? said.emptyTtl() : null;
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof Optional<?> optional && optional.isEmpty())
                || (value.getClass().isArray() && Array.getLength(value) == 0);
    }

    /** @param chance from 0.0 to 1.0, how much of the jitter is used */
    Duration shortened(Duration ttl, double chance) {
        Double jitter = said.jitter();
        return jitter == null || jitter == 0.0
                ? ttl
                : Duration.ofMillis(Math.max(1, (long) (ttl.toMillis() * (1 - jitter * chance))));
    }

    /** Whether an entry that has not expired is to be loaded anew when it is asked for, and handed out meanwhile. */
    boolean isStale(EntryMetadata metadata, Instant now) {
        Duration softTtl = said.softTtl();
        return softTtl != null && !now.isBefore(metadata.createdAt().plus(softTtl));
    }

    /**
     * Whether an entry that is being handed out is to be loaded anew in the background: because it is stale, or near enough to its end. The chance of the
     * latter is that of XFetch (Vattani, Chierichetti and Lowenstein, Optimal Probabilistic Cache Stampede Prevention, VLDB 2015).
     *
     * @param chance above 0.0 and up to 1.0
     */
    boolean isDue(EntryMetadata metadata, Instant now, double chance) {
        if (isStale(metadata, now)) {
            return true;
        }
        Instant end = metadata.expiresAt();
        if (end == null) {
            return false;
        }
        Double share = said.refreshAhead();
        if (share != null && nanos(metadata.createdAt(), now) >= share * nanos(metadata.createdAt(), end)) {
            return true;
        }
        Duration loadTime = metadata.loadTime();
        Double eagerness = said.earlyRefresh();
        return eagerness != null
                && loadTime != null
                && -loadTime.toNanos() * eagerness * Math.log(chance) >= nanos(now, end);
    }

    private static long nanos(Instant from, Instant to) {
        return Duration.between(from, to).toNanos();
    }

    boolean refreshes() {
        return said.softTtl() != null || said.refreshAhead() != null || said.earlyRefresh() != null;
    }

    /** Whether a load needs more than to be run. */
    boolean controlsLoads() {
        return said.staleIfError() != null || said.softTimeout() != null || said.hardTimeout() != null || hasBreaker();
    }

    boolean hasTimeLimit() {
        return said.softTimeout() != null || said.hardTimeout() != null;
    }

    boolean hasBreaker() {
        return breakerFailures() > 0;
    }

    int breakerFailures() {
        return said.breakerFailures() != null ? said.breakerFailures() : 0;
    }

    /** How long after its end an entry may still be handed out by those who know that it is stale. */
    Duration staleWindow() {
        return said.staleIfError() != null ? said.staleIfError() : Duration.ZERO;
    }

    /** Whether nobody may have the entry any more, in whatever way. */
    boolean isOver(EntryMetadata metadata, Instant now) {
        return metadata.isExpired(now.minus(staleWindow()));
    }

    boolean hasBounds() {
        return said.maxSizeBytes() != null || said.maxEntries() != null;
    }

    /** Whether so many entries of so many bytes are more than the share of what is allowed. */
    boolean exceeds(long entries, long bytes, double share) {
        Long maxBytes = said.maxSizeBytes();
        Long maxEntries = said.maxEntries();
        return (maxBytes != null && bytes > share * maxBytes) || (maxEntries != null && entries > share * maxEntries);
    }

    Eviction eviction() {
        return said.eviction() != null ? said.eviction() : Eviction.LRU;
    }

    Duration staleRetry() {
        return said.staleRetry() != null ? said.staleRetry() : CachePolicy.DEFAULT_STALE_RETRY;
    }

    Duration breakerPause() {
        return said.breakerPause() != null ? said.breakerPause() : CachePolicy.DEFAULT_BREAKER_PAUSE;
    }

    Durability durability() {
        return said.durability() != null ? said.durability() : CachenessBuilder.DEFAULT_DURABILITY;
    }

    boolean throwsPutFailures() {
        return said.putFailures() == PutFailures.THROW;
    }

    /** Beyond what the whole cache trusts. */
    List<String> trustedPackages() {
        return said.trustedPackages() != null ? said.trustedPackages() : List.of();
    }

    LoadScope singleFlight() {
        return said.singleFlight() != null ? said.singleFlight() : LoadScope.PROCESS;
    }
}
