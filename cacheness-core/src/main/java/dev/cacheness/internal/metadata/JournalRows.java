package dev.cacheness.internal.metadata;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.Content;
import dev.cacheness.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects and back. What is null or empty is left out. */
final class JournalRows {

    private JournalRows() {}

    static Map<String, Object> toJson(StoredEntry entry) {
        EntryMetadata metadata = entry.metadata();
        Content content = entry.content();
        var json = new LinkedHashMap<String, Object>();
        json.put("digest", metadata.digest());
        json.put("namespace", metadata.namespace());
        put(json, "description", metadata.description());
        put(json, "keyParameters", metadata.keyParameters().isEmpty() ? null : metadata.keyParameters());
        put(json, "attributes", metadata.attributes().isEmpty() ? null : metadata.attributes());
        put(json, "tags", metadata.tags().isEmpty() ? null : metadata.tags());
        json.put("createdAt", metadata.createdAt().toString());
        json.put("accessedAt", metadata.accessedAt().toString());
        put(
                json,
                "expiresAt",
                metadata.expiresAt() == null ? null : metadata.expiresAt().toString());
        json.put("hits", metadata.hits());
        put(
                json,
                "loadNanos",
                metadata.loadTime() == null ? null : (Long) metadata.loadTime().toNanos());
        json.put("handler", metadata.handler());
        json.put("handlerVersion", entry.handlerVersion());
        json.put("valueType", metadata.valueType());
        put(json, "typeFingerprint", entry.typeFingerprint());
        json.put("codec", metadata.codec());
        json.put("rawSize", metadata.rawSizeBytes());
        json.put("size", metadata.sizeBytes());
        json.put("generation", entry.generation());
        json.put("checksum", text(content.checksum()));
        put(json, "blocks", text(content.blocks()));
        put(json, "blob", content.blobId());
        put(json, "inline", text(content.inline()));
        return json;
    }

    static StoredEntry toEntry(Map<?, ?> json) {
        Object nanos = json.get("loadNanos");
        var metadata = new EntryMetadata(
                string(json, "digest"),
                string(json, "namespace"),
                map(json, "keyParameters", String.class),
                (String) json.get("description"),
                map(json, "attributes", Object.class),
                tags(json),
                Instant.parse(string(json, "createdAt")),
                Instant.parse(string(json, "accessedAt")),
                time(json.get("expiresAt")),
                number(json, "hits"),
                nanos == null ? null : Duration.ofNanos(((Number) nanos).longValue()),
                string(json, "handler"),
                string(json, "valueType"),
                string(json, "codec"),
                number(json, "rawSize"),
                number(json, "size"));
        var content = new Content(
                Objects.requireNonNull(bytes(json, "checksum")), bytes(json, "blocks"), bytes(json, "inline"), (String)
                        json.get("blob"));
        return new StoredEntry(
                metadata,
                string(json, "generation"),
                (int) number(json, "handlerVersion"),
                (String) json.get("typeFingerprint"),
                content);
    }

    static @Nullable Instant time(@Nullable Object text) {
        return text == null ? null : Instant.parse((String) text);
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String string(Map<?, ?> json, String name) {
        return (String) Objects.requireNonNull(json.get(name), name);
    }

    private static long number(Map<?, ?> json, String name) {
        return ((Number) Objects.requireNonNull(json.get(name), name)).longValue();
    }

    private static <V> Map<String, V> map(Map<?, ?> json, String name, Class<V> type) {
        if (!(json.get(name) instanceof Map<?, ?> values)) {
            return Map.of();
        }
        var map = new LinkedHashMap<String, V>();
        values.forEach((key, value) -> map.put((String) key, type.cast(value)));
        return map;
    }

    private static Set<String> tags(Map<?, ?> json) {
        if (!(json.get("tags") instanceof Collection<?> values)) {
            return Set.of();
        }
        var tags = new TreeSet<String>();
        values.forEach(tag -> tags.add((String) tag));
        return Collections.unmodifiableSet(tags);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static byte @Nullable [] bytes(Map<?, ?> json, String name) {
        Object text = json.get(name);
        return text == null ? null : Base64.getDecoder().decode((String) text);
    }
}
