package dev.cacheness.internal.metadata;

import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.EntryAccess;
import dev.cacheness.spi.StoredEntry;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of a row that differ in one respect. */
final class RowChanges {

    private RowChanges() {}

    static StoredEntry withExpiry(StoredEntry row, @Nullable Instant expiresAt) {
        EntryMetadata metadata = row.metadata();
        return with(row, metadata.attributes(), metadata.accessedAt(), expiresAt, metadata.hits());
    }

    static StoredEntry withAccess(StoredEntry row, EntryAccess access) {
        EntryMetadata metadata = row.metadata();
        Instant accessedAt =
                access.lastAccess().isAfter(metadata.accessedAt()) ? access.lastAccess() : metadata.accessedAt();
        return with(row, metadata.attributes(), accessedAt, metadata.expiresAt(), metadata.hits() + access.hits());
    }

    static StoredEntry withAttributes(StoredEntry row, Map<String, ? extends @Nullable Object> changes) {
        EntryMetadata metadata = row.metadata();
        var attributes = new LinkedHashMap<String, Object>(metadata.attributes());
        changes.forEach((name, value) -> {
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        return with(
                row,
                Collections.unmodifiableMap(attributes),
                metadata.accessedAt(),
                metadata.expiresAt(),
                metadata.hits());
    }

    private static StoredEntry with(
            StoredEntry row,
            Map<String, Object> attributes,
            Instant accessedAt,
            @Nullable Instant expiresAt,
            long hits) {
        EntryMetadata metadata = row.metadata();
        return new StoredEntry(
                new EntryMetadata(
                        metadata.digest(),
                        metadata.namespace(),
                        metadata.keyParameters(),
                        metadata.description(),
                        attributes,
                        metadata.tags(),
                        metadata.createdAt(),
                        accessedAt,
                        expiresAt,
                        hits,
                        metadata.loadTime(),
                        metadata.handler(),
                        metadata.valueType(),
                        metadata.codec(),
                        metadata.rawSizeBytes(),
                        metadata.sizeBytes()),
                row.generation(),
                row.handlerVersion(),
                row.typeFingerprint(),
                row.content());
    }
}
