package dev.cacheness.boot.actuate;

import dev.cacheness.EntryMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One entry as the endpoint shows it, without its value.
 *
 * @param digest digest of its key
 * @param namespace namespace of its key
 * @param keyParameters parameters of its key for people to read, shortened and with secrets masked
 * @param description text for people
 * @param attributes attributes that it was put with
 * @param createdAt when it was put
 * @param accessedAt when it was last read or put
 * @param expiresAt from when on it is no longer there, null if it does not expire
 * @param hits how often it was read
 * @param loadTime how long its loader took
 * @param handler handler that wrote it
 * @param valueType class of its value
 * @param codec codec that compressed it
 * @param rawSizeBytes size before compression
 * @param sizeBytes size as stored
 */
public record EntryDescriptor(
        String digest,
        String namespace,
        Map<String, String> keyParameters,
        @Nullable String description,
        Map<String, Object> attributes,
        Instant createdAt,
        Instant accessedAt,
        @Nullable Instant expiresAt,
        long hits,
        @Nullable Duration loadTime,
        String handler,
        String valueType,
        String codec,
        long rawSizeBytes,
        long sizeBytes)
        implements OperationResponseBody {

    static EntryDescriptor of(EntryMetadata entry) {
        return new EntryDescriptor(
                entry.digest(),
                entry.namespace(),
                entry.keyParameters(),
                entry.description(),
                entry.attributes(),
                entry.createdAt(),
                entry.accessedAt(),
                entry.expiresAt(),
                entry.hits(),
                entry.loadTime(),
                entry.handler(),
                entry.valueType(),
                entry.codec(),
                entry.rawSizeBytes(),
                entry.sizeBytes());
    }
}
