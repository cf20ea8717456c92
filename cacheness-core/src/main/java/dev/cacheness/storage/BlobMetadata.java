package dev.cacheness.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an artifact besides its value. Immutable.
 *
 * @param key the key, as it was given or made
 * @param version counts the versions of the key from 1 on; always 1 in a store that keeps none
 * @param references how often the content was added and not deleted in a content-addressable store, 1 elsewhere
 * @param description a text for people, null if none was given
 * @param attributes the attributes that were given; values are {@code String}, {@code Boolean}, {@code Long} or {@code Double}
 * @param tags the tags that were given, sorted
 * @param createdAt when the value was put, to the millisecond
 * @param handler the name of the handler that wrote the value
 * @param valueType the class of the value
 * @param codec the name of the codec that compressed it, {@code none} if none did
 * @param rawSizeBytes the size before compression
 * @param sizeBytes the size as stored
 */
public record BlobMetadata(
        String key,
        int version,
        long references,
        @Nullable String description,
        Map<String, Object> attributes,
        Set<String> tags,
        Instant createdAt,
        String handler,
        String valueType,
        String codec,
        long rawSizeBytes,
        long sizeBytes) {}
