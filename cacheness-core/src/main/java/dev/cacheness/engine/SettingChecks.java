package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.PutOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses settings that make no sense, naming them as the configuration property of the Spring Boot starter does. */
final class SettingChecks {

    private SettingChecks() {}

    static void maxSize(String property, long bytes) {
        if (bytes < 1) {
            throw new CacheConfigurationException(
                    property,
                    Long.toString(bytes),
                    "A cache needs room for at least 1 byte.",
                    "Use a positive size such as 10GB.");
        }
    }

    static void ttl(String property, @Nullable Duration ttl) {
        if (ttl != null && (ttl.isZero() || ttl.isNegative() || ttl.compareTo(PutOption.MAX_TTL) > 0)) {
            throw new CacheConfigurationException(
                    property,
                    ttl.toString(),
                    "A time to live is positive and at most " + PutOption.MAX_TTL.toDays() + " days.",
                    "Use a duration such as 6h, or leave it out for entries that do not expire.");
        }
    }

    static void range(String property, long value, long min, long max, String unit) {
        if (value < min || value > max) {
            throw new CacheConfigurationException(
                    property,
                    Long.toString(value),
                    "It is out of range.",
                    "Use " + min + " to " + max + " " + unit + ".");
        }
    }

    static void readTimeout(String property, Duration timeout) {
        if (timeout.compareTo(CachenessBuilder.MIN_READ_TIMEOUT) < 0
                || timeout.compareTo(CachenessBuilder.MAX_READ_TIMEOUT) > 0) {
            throw new CacheConfigurationException(
                    property,
                    timeout.toString(),
                    "It is out of range.",
                    "Use " + CachenessBuilder.MIN_READ_TIMEOUT.toMillis() + " ms to "
                            + CachenessBuilder.MAX_READ_TIMEOUT.toMinutes() + " min, such as 2s.");
        }
    }

    static void loadLease(String property, Duration lease) {
        if (lease.compareTo(CachenessBuilder.MIN_LOAD_LEASE) < 0
                || lease.compareTo(CachenessBuilder.MAX_LOAD_LEASE) > 0) {
            throw new CacheConfigurationException(
                    property,
                    lease.toString(),
                    "It is out of range.",
                    "Use " + CachenessBuilder.MIN_LOAD_LEASE.toMillis() + " ms to "
                            + CachenessBuilder.MAX_LOAD_LEASE.toHours() + " h, such as 5s.");
        }
    }
}
