package dev.cacheness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an entry besides its value. Immutable.
 *
 * @param digest the key's digest, 32 lower-case hexadecimal characters
 * @param namespace the key's namespace, empty for loose keys
 * @param keyParameters the key's parameters as text for people, shortened, secrets masked; empty if they are not stored
 * @param description a text for people, null if none was given
 * @param attributes the attributes that were given; values are {@code String}, {@code Boolean}, {@code Long} or {@code Double}
 * @param tags the tags that were given, sorted
 * @param createdAt when the value was put, to the millisecond
 * @param accessedAt when it was last read or put; written in batches, so some seconds may pass before a read shows, and under heavy load not every read is recorded
 * @param expiresAt from when on the entry is no longer there, null if it does not expire
 * @param hits how often it was read; written in batches like {@code accessedAt}
 * @param loadTime how long its loader took, null if the value was put without a loader
 * @param handler the name of the handler that wrote the value
 * @param valueType the class of the value
 * @param codec the name of the codec that compressed it, {@code none} if none did
 * @param rawSizeBytes the size before compression
 * @param sizeBytes the size as stored; this is what counts against the bound of the cache
 */
public record EntryMetadata(
        String digest,
        String namespace,
        Map<String, String> keyParameters,
        @Nullable String description,
        Map<String, Object> attributes,
        Set<String> tags,
        Instant createdAt,
        Instant accessedAt,
        @Nullable Instant expiresAt,
        long hits,
        @Nullable Duration loadTime,
        String handler,
        String valueType,
        String codec,
        long rawSizeBytes,
        long sizeBytes) {

    /** Whether the entry is no longer there at the given time: the one rule of expiry. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
