package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.PutOption;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.internal.codec.NearestName;
import dev.cacheness.spi.HandlerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses policies that make no sense, alone or together with what else holds for the name. */
final class PolicyChecks {

    private static final Pattern PACKAGE = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private static final String PREFIX = "cacheness.caches";

    private final CodecRegistry codecs;

    private final HandlerRegistry handlers;

    PolicyChecks(CodecRegistry codecs, HandlerRegistry handlers) {
        this.codecs = codecs;
        this.handlers = handlers;
    }

    void check(Map<String, CachePolicy> policies) {
        policies.forEach(this::checkPoints);
    }

    /** To be called after {@link #check}. */
    void checkTogether(Map<String, CachePolicy> policies, Policies merged) {
        policies.keySet().forEach(name -> checkTogether(name, merged.merged(name)));
    }

    static String property(String name, String point) {
        boolean plain = name.chars().allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
        return PREFIX + (plain ? "." + name : "[" + name + "]") + "." + point;
    }

    private void checkPoints(String name, CachePolicy policy) {
        if (name.isBlank()) {
            throw new CacheConfigurationException(
                    "cacheness.caches", "", "A cache has no name.", "Use a name, or a pattern such as reports-*.");
        }
        SettingChecks.ttl(property(name, "ttl"), policy.ttl());
        positive(name, "idle-ttl", policy.idleTtl());
        notNegative(name, "null-ttl", policy.nullTtl());
        notNegative(name, "empty-ttl", policy.emptyTtl());
        positive(name, "soft-ttl", policy.softTtl());
        positive(name, "stale-if-error", policy.staleIfError());
        positive(name, "stale-retry", policy.staleRetry());
        positive(name, "soft-timeout", policy.softTimeout());
        positive(name, "hard-timeout", policy.hardTimeout());
        positive(name, "breaker-pause", policy.breakerPause());
        share(name, "jitter", policy.jitter(), true);
        share(name, "refresh-ahead", policy.refreshAhead(), false);
        number(
                name,
                "early-refresh",
                policy.earlyRefresh() == null || policy.earlyRefresh() > 0,
                policy.earlyRefresh());
        number(
                name,
                "breaker-failures",
                policy.breakerFailures() == null || policy.breakerFailures() >= 0,
                policy.breakerFailures());
        number(name, "max-entries", policy.maxEntries() == null || policy.maxEntries() > 0, policy.maxEntries());
        if (policy.maxSizeBytes() != null) {
            SettingChecks.maxSize(property(name, "max-size"), policy.maxSizeBytes());
        }
        checkNames(name, policy);
        checkPackages(name, policy.trustedPackages());
    }

    private void checkNames(String name, CachePolicy policy) {
        String codec = policy.codec();
        if (codec != null && codecs.find(codec).isEmpty()) {
            throw new CacheConfigurationException(
                    property(name, "codec"),
                    codec,
                    "There is no such codec.",
                    NearestName.suggestion(codec, codecs.names()) + "Use one of " + String.join(", ", codecs.names())
                            + ".");
        }
        if (policy.handler() != null) {
            BuiltInHandlers.require(handlers, property(name, "handler"), policy.handler());
        }
    }

    private static void checkPackages(String name, @Nullable List<String> packages) {
        for (String each : packages == null ? List.<String>of() : packages) {
            if (!PACKAGE.matcher(each).matches()) {
                throw new CacheConfigurationException(
                        property(name, "trusted-packages"),
                        each,
                        "It is not the name of a package or class.",
                        "Use a name such as com.example.prices; it holds for all packages below it, too.");
            }
        }
    }

    private void checkTogether(String name, CachePolicy policy) {
        try {
            codecs.requireLevel(codecs.require(Objects.requireNonNull(policy.codec())), policy.codecLevel());
        } catch (CacheConfigurationException ex) {
            throw new CacheConfigurationException(
                    property(name, "codec-level"), ex.value(), ex.problem(), ex.action(), ex);
        }
        notLonger(name, "soft-ttl", policy.softTtl(), "ttl", policy.ttl());
        notLonger(name, "idle-ttl", policy.idleTtl(), "ttl", policy.ttl());
        notLonger(name, "soft-timeout", policy.softTimeout(), "hard-timeout", policy.hardTimeout());
        needs(name, "soft-timeout", policy.softTimeout(), "stale-if-error", policy.staleIfError());
        needs(
                name,
                "stale-retry",
                policy.staleRetry(),
                "stale-if-error",
                either(policy.staleIfError(), policy.softTtl()));
        needs(name, "breaker-pause", policy.breakerPause(), "breaker-failures", policy.breakerFailures());
        needs(name, "eviction", policy.eviction(), "max-size", either(policy.maxSizeBytes(), policy.maxEntries()));
    }

    /** To be called where there is no memory layer. */
    static void refuseShared(Map<String, CachePolicy> policies) {
        policies.forEach((name, policy) -> {
            if (policy.memory() == MemoryUse.REFERENCE) {
                throw new CacheConfigurationException(
                        property(name, "memory"),
                        "reference",
                        "There is no memory layer.",
                        "Set cacheness.metadata.memory.enabled=true, too, or leave it out.");
            }
        });
    }

    private static @Nullable Object either(@Nullable Object one, @Nullable Object other) {
        return one != null ? one : other;
    }

    private static void notLonger(
            String name, String point, @Nullable Duration time, String boundPoint, @Nullable Duration bound) {
        if (time != null && bound != null && time.compareTo(bound) >= 0) {
            throw new CacheConfigurationException(
                    property(name, point),
                    time.toString(),
                    "It is not shorter than " + boundPoint + ", which is " + bound + " there.",
                    "Use a duration below " + bound + ", or a longer " + property(name, boundPoint) + ".");
        }
    }

    private static void needs(
            String name, String point, @Nullable Object value, String neededPoint, @Nullable Object needed) {
        if (value != null && needed == null) {
            throw new CacheConfigurationException(
                    property(name, point),
                    value.toString(),
                    "Alone it has no effect.",
                    "Set " + property(name, neededPoint) + ", too, or leave it out.");
        }
    }

    private static void positive(String name, String point, @Nullable Duration time) {
        SettingChecks.ttl(property(name, point), time);
    }

    private static void notNegative(String name, String point, @Nullable Duration time) {
        if (time != null && (time.isNegative() || time.compareTo(PutOption.MAX_TTL) > 0)) {
            throw new CacheConfigurationException(
                    property(name, point),
                    time.toString(),
                    "A time to live is not negative, and at most " + PutOption.MAX_TTL.toDays() + " days.",
                    "Use a duration such as 1m, or 0 for not storing such values.");
        }
    }

    private static void share(String name, String point, @Nullable Double share, boolean zeroAndOne) {
        if (share == null) {
            return;
        }
        boolean allowed = zeroAndOne ? share >= 0 && share <= 1 : share > 0 && share < 1;
        if (!allowed) {
            throw new CacheConfigurationException(
                    property(name, point),
                    share.toString(),
                    "It is a share of the time to live.",
                    zeroAndOne ? "Use 0.0 to 1.0." : "Use a number above 0 and below 1, such as 0.8.");
        }
    }

    private static void number(String name, String point, boolean allowed, @Nullable Number value) {
        if (!allowed) {
            throw new CacheConfigurationException(
                    property(name, point), String.valueOf(value), "It is out of range.", "Use a positive number.");
        }
    }
}
