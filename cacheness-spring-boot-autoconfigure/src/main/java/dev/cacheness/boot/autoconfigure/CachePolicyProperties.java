package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Durability;
import dev.cacheness.engine.CachePolicy;
import dev.cacheness.engine.LoadScope;
import dev.cacheness.engine.MemoryUse;
import dev.cacheness.engine.PutFailures;
import dev.cacheness.spi.Eviction;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.PatternMatchUtils;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one cache, or of all whose names match a pattern. Numbers without a unit count seconds, unless it says otherwise.
 *
 * @param ttl How long entries live that say nothing themselves; a number without a unit counts hours. The default of all caches if this is empty.
 * @param jitter By what share of itself a time to live is shortened at most, at random, so that what was put together does not expire together.
 * @param idleTtl How long an entry that nobody reads lives at most.
 * @param nullTtl How long a cached null lives at most; 0 for not keeping it.
 * @param emptyTtl How long an empty collection, map, array or Optional lives at most; 0 for not keeping it.
 * @param softTtl From what age on a value is stale: a load hands it out and replaces it in the background.
 * @param staleIfError How long after its end a value may stand in for a load that fails or is slow.
 * @param staleRetry How long a key is not loaded again after a failed load that a stale value stood in for. 30 s if this is empty.
 * @param refreshAhead After what share of its life a value that is asked for is replaced in the background.
 * @param earlyRefresh How eagerly values that take long to load are replaced before their end, by chance. 1.0 is what theory says is best.
 * @param softTimeout How long a caller waits for a load if there is a stale value instead. Needs stale-if-error.
 * @param hardTimeout How long a caller waits for a load at most.
 * @param breakerFailures After how many failed loads in a row no more are tried for a while. Never if this is empty.
 * @param breakerPause How long no more loads are tried then. 30 s if this is empty.
 * @param singleFlight Among whom a missing value is loaded once: none, process or cluster. As cacheness.load.scope if this is empty.
 * @param codec Name of the codec. As cacheness.compression.codec if this is empty.
 * @param codecLevel Level of the codec. The codec chooses if this is empty and a codec is named here.
 * @param handler Name of the handler that writes the values. Chosen by the value if this is empty.
 * @param storeKeyParams Whether the parameters of keys are kept for people to read. As cacheness.metadata.store-key-params if this is empty.
 * @param maxSize How many bytes the entries of the cache may take together as stored.
 * @param maxEntries How many entries the cache may have.
 * @param eviction Which entries make room in a cache that has max-size or max-entries: lru, lfu or cost.
 * @param memory What the memory layer keeps of the cache, where there is one: off, value or reference.
 * @param durability What a write survives: the death of the process, or a loss of power too. As cacheness.storage.durability if this is empty.
 * @param trustedPackages Packages, with all below them, whose classes the object handler may store and restore in the cache, beyond those that all caches trust.
 * @param putFailures What a caller is told whose value could not be stored: tolerate for nothing, throw for what went wrong. tolerate if this is empty.
 * @param allowNullValues Whether the cache keeps the null of a cached method. As for all of Spring's caches if this is empty.
 */
public record CachePolicyProperties(
        @DurationUnit(ChronoUnit.HOURS) @Nullable Duration ttl,
        @Nullable Double jitter,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration idleTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration nullTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration emptyTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration softTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration staleIfError,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration staleRetry,
        @Nullable Double refreshAhead,
        @Nullable Double earlyRefresh,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration softTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration hardTimeout,
        @Nullable Integer breakerFailures,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration breakerPause,
        @Nullable LoadScope singleFlight,
        @Nullable String codec,
        @Nullable Integer codecLevel,
        @Nullable String handler,
        @Nullable Boolean storeKeyParams,
        @Nullable DataSize maxSize,
        @Nullable Long maxEntries,
        @Nullable Eviction eviction,
        @Nullable MemoryUse memory,
        @Nullable Durability durability,
        @Nullable List<String> trustedPackages,
        @Nullable PutFailures putFailures,
        @Nullable Boolean allowNullValues) {

    CachePolicy policy() {
        return CachePolicy.builder()
                .ttl(ttl)
                .jitter(jitter)
                .idleTtl(idleTtl)
                .nullTtl(nullTtl)
                .emptyTtl(emptyTtl)
                .softTtl(softTtl)
                .staleIfError(staleIfError)
                .staleRetry(staleRetry)
                .refreshAhead(refreshAhead)
                .earlyRefresh(earlyRefresh)
                .softTimeout(softTimeout)
                .hardTimeout(hardTimeout)
                .breakerFailures(breakerFailures)
                .breakerPause(breakerPause)
                .singleFlight(singleFlight)
                .codec(codec)
                .codecLevel(codecLevel)
                .handler(handler)
                .storeKeyParameters(storeKeyParams)
                .maxSizeBytes(maxSize == null ? null : (Long) maxSize.toBytes())
                .maxEntries(maxEntries)
                .eviction(eviction)
                .memory(memory)
                .durability(durability)
                .trustedPackages(trustedPackages)
                .putFailures(putFailures)
                .build();
    }

    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0;
    }

    /** What the most particular of all that match the name says of nulls, null if none says anything. */
    static @Nullable Boolean allowsNullValues(Map<String, CachePolicyProperties> caches, String name) {
        Stream<String> patterns = caches.keySet().stream()
                .filter(CachePolicyProperties::isPattern)
                .filter(pattern -> PatternMatchUtils.simpleMatch(pattern, name))
                .sorted(Comparator.<String>comparingInt(
                                pattern -> -pattern.replace("*", "").length())
                        .thenComparing(Comparator.naturalOrder()));
        return Stream.concat(Stream.of(name), patterns)
                .map(caches::get)
                .filter(Objects::nonNull)
                .map(CachePolicyProperties::allowNullValues)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
