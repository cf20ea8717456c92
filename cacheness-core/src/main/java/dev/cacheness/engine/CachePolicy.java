package dev.cacheness.engine;

import dev.cacheness.Durability;
import dev.cacheness.spi.Eviction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the entries of one namespace, or of all whose names match. A point that is null is left to the policies that are less particular, and in
 * the end to the settings of the whole cache. Immutable; nothing is checked before the cache is built.
 *
 * @param ttl how long entries live if a put does not say; null for ever
 * @param jitter by what share of itself a time to live is shortened at most, at random, so that what was put together does not expire together; 0.0 to 1.0
 * @param idleTtl how long an entry that nobody reads lives at most; reads are noted within seconds
 * @param nullTtl how long a cached null lives at most; zero for not storing it
 * @param emptyTtl how long an empty collection, map, array or {@code Optional} lives at most; zero for not storing it
 * @param softTtl from what age on a value is stale: {@code getOrCompute} hands it out and loads a new one in the background
 * @param staleIfError how long after its end a value may stand in for a load that fails or exceeds its soft timeout
 * @param staleRetry after a failed load that a stale value stood in for, how long the key is not loaded again
 * @param refreshAhead after what share of its life a value is loaded anew in the background when it is asked for; above 0.0, below 1.0
 * @param earlyRefresh how eagerly values that take long to load are loaded anew before their end, by chance; 1.0 is what theory says is best
 * @param softTimeout how long a caller waits for a load if there is a stale value to be had instead; the load ends in the background
 * @param hardTimeout how long a caller waits for a load at most; the load ends in the background
 * @param breakerFailures after how many failed loads in a row no more are tried for a while; 0 for never
 * @param breakerPause how long that while is
 * @param singleFlight among whom a missing value is loaded once
 * @param codec the name of the codec
 * @param codecLevel the level of the codec; the codec's own if this is null where the codec is named
 * @param handler the name of the handler for values of puts that name none
 * @param storeKeyParameters whether the parameters of keys are stored as text for people
 * @param maxSizeBytes what the stored sizes of the namespace's values may add up to
 * @param maxEntries how many entries the namespace may have
 * @param eviction which entries make room when the namespace has a bound of its own
 * @param memory what the memory layer keeps of the namespace, where there is one
 * @param durability what an acknowledged write survives
 * @param trustedPackages packages, with all below them, whose classes may be written and read beyond those that the whole cache trusts
 * @param putFailures what a caller is told whose value was loaded and could not be stored
 */
public record CachePolicy(
        @Nullable Duration ttl,
        @Nullable Double jitter,
        @Nullable Duration idleTtl,
        @Nullable Duration nullTtl,
        @Nullable Duration emptyTtl,
        @Nullable Duration softTtl,
        @Nullable Duration staleIfError,
        @Nullable Duration staleRetry,
        @Nullable Double refreshAhead,
        @Nullable Double earlyRefresh,
        @Nullable Duration softTimeout,
        @Nullable Duration hardTimeout,
        @Nullable Integer breakerFailures,
        @Nullable Duration breakerPause,
        @Nullable LoadScope singleFlight,
        @Nullable String codec,
        @Nullable Integer codecLevel,
        @Nullable String handler,
        @Nullable Boolean storeKeyParameters,
        @Nullable Long maxSizeBytes,
        @Nullable Long maxEntries,
        @Nullable Eviction eviction,
        @Nullable MemoryUse memory,
        @Nullable Durability durability,
        @Nullable List<String> trustedPackages,
        @Nullable PutFailures putFailures) {

    /** After a failed load that a stale value stood in for, the key is not loaded again for so long. */
    public static final Duration DEFAULT_STALE_RETRY = Duration.ofSeconds(30);

    /** A load circuit breaker lets a load through after so long. */
    public static final Duration DEFAULT_BREAKER_PAUSE = Duration.ofSeconds(30);

    /** Leaves everything open. */
    public static final CachePolicy DEFAULT = builder().build();

    public CachePolicy {
        trustedPackages = trustedPackages == null ? null : List.copyOf(trustedPackages);
    }

    /** A policy that says nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** This policy, with what it leaves open taken from another one. */
    CachePolicy over(CachePolicy other) {
        return new CachePolicy(
                either(ttl, other.ttl),
                either(jitter, other.jitter),
                either(idleTtl, other.idleTtl),
                either(nullTtl, other.nullTtl),
                either(emptyTtl, other.emptyTtl),
                either(softTtl, other.softTtl),
                either(staleIfError, other.staleIfError),
                either(staleRetry, other.staleRetry),
                either(refreshAhead, other.refreshAhead),
                either(earlyRefresh, other.earlyRefresh),
                either(softTimeout, other.softTimeout),
                either(hardTimeout, other.hardTimeout),
                either(breakerFailures, other.breakerFailures),
                either(breakerPause, other.breakerPause),
                either(singleFlight, other.singleFlight),
                either(codec, other.codec),
                either(codecLevel, other.codecLevel),
                either(handler, other.handler),
                either(storeKeyParameters, other.storeKeyParameters),
                either(maxSizeBytes, other.maxSizeBytes),
                either(maxEntries, other.maxEntries),
                either(eviction, other.eviction),
                either(memory, other.memory),
                either(durability, other.durability),
                either(trustedPackages, other.trustedPackages),
                either(putFailures, other.putFailures));
    }

    private static <T> @Nullable T either(@Nullable T mine, @Nullable T other) {
        return mine != null ? mine : other;
    }

    /** Says point by point what is to hold. Not thread-safe. */
    public static final class Builder {

        private @Nullable Duration ttl;

        private @Nullable Double jitter;

        private @Nullable Duration idleTtl;

        private @Nullable Duration nullTtl;

        private @Nullable Duration emptyTtl;

        private @Nullable Duration softTtl;

        private @Nullable Duration staleIfError;

        private @Nullable Duration staleRetry;

        private @Nullable Double refreshAhead;

        private @Nullable Double earlyRefresh;

        private @Nullable Duration softTimeout;

        private @Nullable Duration hardTimeout;

        private @Nullable Integer breakerFailures;

        private @Nullable Duration breakerPause;

        private @Nullable LoadScope singleFlight;

        private @Nullable String codec;

        private @Nullable Integer codecLevel;

        private @Nullable String handler;

        private @Nullable Boolean storeKeyParameters;

        private @Nullable Long maxSizeBytes;

        private @Nullable Long maxEntries;

        private @Nullable Eviction eviction;

        private @Nullable MemoryUse memory;

        private @Nullable Durability durability;

        private @Nullable List<String> trustedPackages;

        private @Nullable PutFailures putFailures;

        private Builder() {}

        /** How long entries live if a put does not say; null for ever. */
        public Builder ttl(@Nullable Duration ttl) {
            this.ttl = ttl;
            return this;
        }

        /** By what share of itself a time to live is shortened at most, at random, so that what was put together does not expire together; 0.0 to 1.0. */
        public Builder jitter(@Nullable Double jitter) {
            this.jitter = jitter;
            return this;
        }

        /** How long an entry that nobody reads lives at most; reads are noted within seconds. */
        public Builder idleTtl(@Nullable Duration idleTtl) {
            this.idleTtl = idleTtl;
            return this;
        }

        /** How long a cached null lives at most; zero for not storing it. */
        public Builder nullTtl(@Nullable Duration nullTtl) {
            this.nullTtl = nullTtl;
            return this;
        }

        /** How long an empty collection, map, array or {@code Optional} lives at most; zero for not storing it. */
        public Builder emptyTtl(@Nullable Duration emptyTtl) {
            this.emptyTtl = emptyTtl;
            return this;
        }

        /** From what age on a value is stale: {@code getOrCompute} hands it out and loads a new one in the background. */
        public Builder softTtl(@Nullable Duration softTtl) {
            this.softTtl = softTtl;
            return this;
        }

        /** How long after its end a value may stand in for a load that fails or exceeds its soft timeout. */
        public Builder staleIfError(@Nullable Duration staleIfError) {
            this.staleIfError = staleIfError;
            return this;
        }

        /** After a failed load that a stale value stood in for, how long the key is not loaded again. */
        public Builder staleRetry(@Nullable Duration staleRetry) {
            this.staleRetry = staleRetry;
            return this;
        }

        /** After what share of its life a value is loaded anew in the background when it is asked for; above 0.0, below 1.0. */
        public Builder refreshAhead(@Nullable Double refreshAhead) {
            this.refreshAhead = refreshAhead;
            return this;
        }

        /** How eagerly values that take long to load are loaded anew before their end, by chance; 1.0 is what theory says is best. */
        public Builder earlyRefresh(@Nullable Double earlyRefresh) {
            this.earlyRefresh = earlyRefresh;
            return this;
        }

        /** How long a caller waits for a load if there is a stale value to be had instead; the load ends in the background. */
        public Builder softTimeout(@Nullable Duration softTimeout) {
            this.softTimeout = softTimeout;
            return this;
        }

        /** How long a caller waits for a load at most; the load ends in the background. */
        public Builder hardTimeout(@Nullable Duration hardTimeout) {
            this.hardTimeout = hardTimeout;
            return this;
        }

        /** After how many failed loads in a row no more are tried for a while; 0 for never. */
        public Builder breakerFailures(@Nullable Integer breakerFailures) {
            this.breakerFailures = breakerFailures;
            return this;
        }

        /** How long that while is. */
        public Builder breakerPause(@Nullable Duration breakerPause) {
            this.breakerPause = breakerPause;
            return this;
        }

        /** Among whom a missing value is loaded once. */
        public Builder singleFlight(@Nullable LoadScope singleFlight) {
            this.singleFlight = singleFlight;
            return this;
        }

        /** The name of the codec. */
        public Builder codec(@Nullable String codec) {
            this.codec = codec;
            return this;
        }

        /** The level of the codec; the codec's own if this is null where the codec is named. */
        public Builder codecLevel(@Nullable Integer codecLevel) {
            this.codecLevel = codecLevel;
            return this;
        }

        /** The name of the handler for values of puts that name none. */
        public Builder handler(@Nullable String handler) {
            this.handler = handler;
            return this;
        }

        /** Whether the parameters of keys are stored as text for people. */
        public Builder storeKeyParameters(@Nullable Boolean storeKeyParameters) {
            this.storeKeyParameters = storeKeyParameters;
            return this;
        }

        /** What the stored sizes of the namespace's values may add up to. */
        public Builder maxSizeBytes(@Nullable Long maxSizeBytes) {
            this.maxSizeBytes = maxSizeBytes;
            return this;
        }

        /** How many entries the namespace may have. */
        public Builder maxEntries(@Nullable Long maxEntries) {
            this.maxEntries = maxEntries;
            return this;
        }

        /** Which entries make room when the namespace has a bound of its own. */
        public Builder eviction(@Nullable Eviction eviction) {
            this.eviction = eviction;
            return this;
        }

        /** What the memory layer keeps of the namespace, where there is one. */
        public Builder memory(@Nullable MemoryUse memory) {
            this.memory = memory;
            return this;
        }

        /** What an acknowledged write survives. */
        public Builder durability(@Nullable Durability durability) {
            this.durability = durability;
            return this;
        }

        /** Packages, with all below them, whose classes may be written and read beyond those that the whole cache trusts. */
        public Builder trustedPackages(@Nullable List<String> trustedPackages) {
            this.trustedPackages = trustedPackages;
            return this;
        }

        /** What a caller is told whose value was loaded and could not be stored. */
        public Builder putFailures(@Nullable PutFailures putFailures) {
            this.putFailures = putFailures;
            return this;
        }

        /** Takes over all points of a policy, also those that it leaves open. */
        Builder from(CachePolicy policy) {
            this.ttl = policy.ttl();
            this.jitter = policy.jitter();
            this.idleTtl = policy.idleTtl();
            this.nullTtl = policy.nullTtl();
            this.emptyTtl = policy.emptyTtl();
            this.softTtl = policy.softTtl();
            this.staleIfError = policy.staleIfError();
            this.staleRetry = policy.staleRetry();
            this.refreshAhead = policy.refreshAhead();
            this.earlyRefresh = policy.earlyRefresh();
            this.softTimeout = policy.softTimeout();
            this.hardTimeout = policy.hardTimeout();
            this.breakerFailures = policy.breakerFailures();
            this.breakerPause = policy.breakerPause();
            this.singleFlight = policy.singleFlight();
            this.codec = policy.codec();
            this.codecLevel = policy.codecLevel();
            this.handler = policy.handler();
            this.storeKeyParameters = policy.storeKeyParameters();
            this.maxSizeBytes = policy.maxSizeBytes();
            this.maxEntries = policy.maxEntries();
            this.eviction = policy.eviction();
            this.memory = policy.memory();
            this.durability = policy.durability();
            this.trustedPackages = policy.trustedPackages();
            this.putFailures = policy.putFailures();
            return this;
        }

        /** The policy. */
        public CachePolicy build() {
            return new CachePolicy(
                    ttl,
                    jitter,
                    idleTtl,
                    nullTtl,
                    emptyTtl,
                    softTtl,
                    staleIfError,
                    staleRetry,
                    refreshAhead,
                    earlyRefresh,
                    softTimeout,
                    hardTimeout,
                    breakerFailures,
                    breakerPause,
                    singleFlight,
                    codec,
                    codecLevel,
                    handler,
                    storeKeyParameters,
                    maxSizeBytes,
                    maxEntries,
                    eviction,
                    memory,
                    durability,
                    trustedPackages,
                    putFailures);
        }
    }
}
