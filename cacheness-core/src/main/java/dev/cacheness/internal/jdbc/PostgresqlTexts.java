package dev.cacheness.internal.jdbc;

import dev.cacheness.AttributeCondition;
import dev.cacheness.EntryMetadata;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Texts as PostgreSQL can store them: it knows no U+0000. That character and the one that stands for it, U+E000 of the private use area, are written as
 * two. Different texts stay different, and equal ones equal. Nearly always the same object comes back.
 */
final class PostgresqlTexts {

    private static final char ESCAPE = '\uE000';

    private static final String NUL = ESCAPE + "0";

    private static final String ESCAPED_ESCAPE = ESCAPE + "1";

    private PostgresqlTexts() {}

    static String encode(String text) {
        if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        return text.replace(String.valueOf(ESCAPE), ESCAPED_ESCAPE).replace("\0", NUL);
    }

    static String decode(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        return text.replace(NUL, "\0").replace(ESCAPED_ESCAPE, String.valueOf(ESCAPE));
    }

    static StoredEntry encode(StoredEntry entry) {
        return changed(entry, PostgresqlTexts::encode);
    }

    static StoredEntry decode(StoredEntry entry) {
        return changed(entry, PostgresqlTexts::decode);
    }

    static EntryMetadata decode(EntryMetadata metadata) {
        return changed(metadata, PostgresqlTexts::decode);
    }

    static EntryRef decode(EntryRef ref) {
        String namespace = decode(ref.namespace());
        return namespace.equals(ref.namespace())
                ? ref
                : new EntryRef(ref.digest(), namespace, ref.generation(), ref.sizeBytes(), ref.blobId());
    }

    static EntryFilter encode(EntryFilter filter) {
        return new EntryFilter(
                changed(filter.namespace(), PostgresqlTexts::encode),
                encode(filter.digestPrefix()),
                filter.attributes().stream().map(PostgresqlTexts::encode).toList(),
                changed(filter.tags(), PostgresqlTexts::encode),
                filter.aliveAt());
    }

    private static AttributeCondition encode(AttributeCondition condition) {
        return condition.value() instanceof String text
                ? new AttributeCondition(condition.name(), condition.comparison(), encode(text))
                : condition;
    }

    static Map<String, @Nullable Object> encode(Map<String, ? extends @Nullable Object> changes) {
        var encoded = new LinkedHashMap<String, @Nullable Object>();
        changes.forEach((name, value) -> encoded.put(name, value instanceof String text ? encode(text) : value));
        return encoded;
    }

    private static StoredEntry changed(StoredEntry entry, UnaryOperator<String> change) {
        EntryMetadata metadata = changed(entry.metadata(), change);
        return metadata == entry.metadata()
                ? entry
                : new StoredEntry(
                        metadata, entry.generation(), entry.handlerVersion(), entry.typeFingerprint(), entry.content());
    }

    private static EntryMetadata changed(EntryMetadata metadata, UnaryOperator<String> change) {
        String namespace = change.apply(metadata.namespace());
        String description = changed(metadata.description(), change);
        Map<String, Object> attributes = changed(metadata.attributes(), change);
        Set<String> tags = changed(metadata.tags(), change);
        if (namespace.equals(metadata.namespace())
                && (description == null || description.equals(metadata.description()))
                && attributes.equals(metadata.attributes())
                && tags.equals(metadata.tags())) {
            return metadata;
        }
        return new EntryMetadata(
                metadata.digest(),
                namespace,
                metadata.keyParameters(),
                description,
                attributes,
                tags,
                metadata.createdAt(),
                metadata.accessedAt(),
                metadata.expiresAt(),
                metadata.hits(),
                metadata.loadTime(),
                metadata.handler(),
                metadata.valueType(),
                metadata.codec(),
                metadata.rawSizeBytes(),
                metadata.sizeBytes());
    }

    /** A text that stays as it is comes back as the same object. */
    private static boolean isChanged(String text, UnaryOperator<String> change) {
        return !change.apply(text).equals(text);
    }

    private static @Nullable String changed(@Nullable String text, UnaryOperator<String> change) {
        return text == null ? null : change.apply(text);
    }

    private static Map<String, Object> changed(Map<String, Object> values, UnaryOperator<String> change) {
        if (values.values().stream().noneMatch(value -> value instanceof String text && isChanged(text, change))) {
            return values;
        }
        var changed = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> changed.put(name, value instanceof String text ? change.apply(text) : value));
        return changed;
    }

    private static Set<String> changed(Set<String> words, UnaryOperator<String> change) {
        if (words.stream().noneMatch(word -> isChanged(word, change))) {
            return words;
        }
        var changed = new TreeSet<String>();
        words.forEach(word -> changed.add(change.apply(word)));
        return changed;
    }
}
