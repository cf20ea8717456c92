package dev.cacheness.engine;

import dev.cacheness.PutOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of one put, put together.
 *
 * @param ttl null for the default, unless {@code noExpiry}
 * @param storeIf null if all that is loaded is stored
 */
record PutSettings(
        @Nullable Duration ttl,
        boolean noExpiry,
        @Nullable String description,
        Map<String, Object> attributes,
        Set<String> tags,
        List<Record> customMetadata,
        @Nullable String handler,
        @Nullable String codec,
        @Nullable Predicate<Object> storeIf) {

    private static final PutSettings NONE =
            new PutSettings(null, false, null, Map.of(), Set.of(), List.of(), null, null, null);

    static PutSettings of(PutOption... options) {
        if (options.length == 0) {
            return NONE;
        }
        Duration ttl = null;
        boolean noExpiry = false;
        String description = null;
        String handler = null;
        String codec = null;
        Predicate<Object> storeIf = null;
        var attributes = new LinkedHashMap<String, Object>();
        Set<String> tags = Set.of();
        List<Record> customMetadata = List.of();
        for (PutOption option : options) {
            if (option instanceof PutOption.Ttl given) {
                ttl = given.ttl();
                noExpiry = false;
            } else if (option instanceof PutOption.NoExpiry) {
                noExpiry = true;
            } else if (option instanceof PutOption.Description given) {
                description = given.text();
            } else if (option instanceof PutOption.Attributes given) {
                attributes.putAll(given.attributes());
            } else if (option instanceof PutOption.Tags given) {
                tags = tags.isEmpty() ? given.tags() : union(tags, given.tags());
            } else if (option instanceof PutOption.CustomRecords given) {
                customMetadata = Stream.concat(customMetadata.stream(), given.records().stream())
                        .toList();
            } else if (option instanceof PutOption.HandlerName given) {
                handler = given.name();
            } else if (option instanceof PutOption.CodecName given) {
                codec = given.name();
            } else if (option instanceof PutOption.StoreIf given) {
                storeIf = given.condition();
            }
        }
        return new PutSettings(ttl, noExpiry, description, attributes, tags, customMetadata, handler, codec, storeIf);
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        var all = new TreeSet<>(some);
        all.addAll(more);
        return new PutOption.Tags(all).tags();
    }

    /** When an entry that is put now expires, null for never. */
    @Nullable
    Instant expiresAt(Instant now, @Nullable Duration defaultTtl) {
        if (noExpiry) {
            return null;
        }
        Duration effective = ttl != null ? ttl : defaultTtl;
        return effective != null ? now.plus(effective) : null;
    }

    /**
     * As {@link #expiresAt(Instant, Duration)}, with all that the policy says.
     *
     * @param chance from 0.0 to 1.0, how much of the jitter is used
     */
    @Nullable
    Instant expiresAt(Instant now, EffectivePolicy policy, Object value, double chance) {
        Duration life = noExpiry ? null : ttl != null ? ttl : policy.ttl();
        Duration bound = policy.bound(value);
        if (bound != null && (life == null || bound.compareTo(life) < 0)) {
            life = bound;
        }
        return life == null ? null : now.plus(policy.shortened(life, chance));
    }

    boolean saysOnlyExpiry() {
        return description == null
                && attributes.isEmpty()
                && tags.isEmpty()
                && customMetadata.isEmpty()
                && handler == null
                && codec == null
                && storeIf == null;
    }

    /** Whether a value that was loaded is to be stored. */
    boolean stores(Object value) {
        return storeIf == null || storeIf.test(value);
    }
}
