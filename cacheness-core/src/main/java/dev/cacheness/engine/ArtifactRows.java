package dev.cacheness.engine;

import dev.cacheness.EntryMetadata;
import dev.cacheness.ValueSource;
import dev.cacheness.internal.key.BlobKeys;
import dev.cacheness.internal.store.WrittenValue;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.StoredEntry;
import dev.cacheness.storage.BlobMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Artifacts as rows of an index. What the index has no column for is in attributes whose names nobody else may use. Thread-safe. */
final class ArtifactRows {

    static final String KEY = ArtifactOptions.RESERVED + "key";

    private static final String REFERENCES = ArtifactOptions.RESERVED + "references";

    private final InstantSource clock;

    private final Shapes shapes = new Shapes();

    ArtifactRows(InstantSource clock) {
        this.clock = clock;
    }

    StoredEntry row(
            String key, int version, Object value, Handler<?> handler, WrittenValue written, PutSettings options) {
        Instant now = now();
        var metadata = new EntryMetadata(
                BlobKeys.digestOf(key, version),
                BlobKeys.NAMESPACE,
                BlobKeys.describe(key),
                options.description(),
                withKey(key, options.attributes()),
                options.tags(),
                now,
                now,
                null,
                0,
                null,
                handler.name(),
                typeOf(value),
                written.codec(),
                written.rawSizeBytes(),
                written.storedSizeBytes());
        String fingerprint = handler.fillsFields() ? shapes.of(Object.class, value.getClass()) : null;
        return new StoredEntry(metadata, Generations.next(), handler.version(), fingerprint, written.content());
    }

    /** Rows keep milliseconds, so nothing finer is promised. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String typeOf(Object value) {
        if (value instanceof Path) {
            return Path.class.getName();
        }
        return value instanceof ValueSource
                ? ValueSource.class.getName()
                : value.getClass().getName();
    }

    private static Map<String, Object> withKey(String key, Map<String, Object> attributes) {
        var all = new LinkedHashMap<String, Object>(attributes);
        all.put(KEY, key);
        return Collections.unmodifiableMap(all);
    }

    static String keyOf(EntryMetadata row) {
        return String.valueOf(row.attributes().get(KEY));
    }

    static long referencesOf(EntryMetadata row) {
        return row.attributes().get(REFERENCES) instanceof Long references ? references : 1;
    }

    /** The next generation of a row, with the same bytes and another number of references. */
    static StoredEntry withReferences(StoredEntry row, long references) {
        Map<String, Object> attributes = new LinkedHashMap<>(row.metadata().attributes());
        attributes.put(REFERENCES, references);
        return with(
                row, row.metadata().description(), attributes, row.metadata().tags());
    }

    /** The row as if another handler had written it. */
    static StoredEntry withHandler(StoredEntry row, String handler) {
        return new StoredEntry(
                changed(
                        row.metadata(),
                        row.metadata().description(),
                        row.metadata().attributes(),
                        row.metadata().tags(),
                        handler),
                row.generation(),
                row.handlerVersion(),
                row.typeFingerprint(),
                row.content());
    }

    /** The next generation of a row, with the same bytes and what options add to what is known about it. */
    static StoredEntry withOptions(StoredEntry row, PutSettings options) {
        Map<String, Object> attributes = new LinkedHashMap<>(row.metadata().attributes());
        attributes.putAll(options.attributes());
        Set<String> tags = new TreeSet<>(row.metadata().tags());
        tags.addAll(options.tags());
        String description = options.description() != null
                ? options.description()
                : row.metadata().description();
        return with(row, description, attributes, tags);
    }

    /** The next generation of a row, with the same bytes and changed attributes; null takes one away. */
    static StoredEntry withChanges(StoredEntry row, Map<String, ? extends @Nullable Object> changes) {
        Map<String, Object> attributes = new LinkedHashMap<>(row.metadata().attributes());
        changes.forEach((name, value) -> {
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        return with(
                row, row.metadata().description(), attributes, row.metadata().tags());
    }

    private static StoredEntry with(
            StoredEntry row, @Nullable String description, Map<String, Object> attributes, Set<String> tags) {
        var metadata = changed(
                row.metadata(),
                description,
                Collections.unmodifiableMap(attributes),
                tags,
                row.metadata().handler());
        return new StoredEntry(
                metadata, Generations.next(), row.handlerVersion(), row.typeFingerprint(), row.content());
    }

    private static EntryMetadata changed(
            EntryMetadata row,
            @Nullable String description,
            Map<String, Object> attributes,
            Set<String> tags,
            String handler) {
        return new EntryMetadata(
                row.digest(),
                row.namespace(),
                row.keyParameters(),
                description,
                attributes,
                tags,
                row.createdAt(),
                row.accessedAt(),
                row.expiresAt(),
                row.hits(),
                row.loadTime(),
                handler,
                row.valueType(),
                row.codec(),
                row.rawSizeBytes(),
                row.sizeBytes());
    }

    static BlobMetadata describe(EntryMetadata row) {
        Map<String, Object> attributes = new LinkedHashMap<>(row.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(ArtifactOptions.RESERVED));
        return new BlobMetadata(
                keyOf(row),
                BlobKeys.versionOf(row.digest()),
                referencesOf(row),
                row.description(),
                Collections.unmodifiableMap(attributes),
                row.tags(),
                row.createdAt(),
                row.handler(),
                row.valueType(),
                row.codec(),
                row.rawSizeBytes(),
                row.sizeBytes());
    }
}
