package dev.cacheness.boot.test;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a cache holds. A failure names the key and what was there instead. */
public final class CachenessAssert extends AbstractAssert<CachenessAssert, Cacheness> {

    CachenessAssert(Cacheness actual) {
        super(actual, CachenessAssert.class);
    }

    /** The key has an entry that has not expired. The value itself is not read. */
    public CachenessAssert hasEntry(CacheKey<?> key) {
        metadata(key);
        return this;
    }

    /** The key has no entry, or one that has expired. */
    public CachenessAssert hasNoEntry(CacheKey<?> key) {
        isNotNull();
        actual.metadata(key).ifPresent(found -> {
            throw failure("Expected no entry for <%s>, but there is <%s>", text(key), found);
        });
        return this;
    }

    /** The key has this value. Counts as a read. */
    public <V> CachenessAssert hasValue(CacheKey<V> key, V value) {
        isNotNull();
        Lookup<V> found = actual.lookup(key);
        if (found instanceof Lookup.Miss<V> miss) {
            throw failure(
                    "Expected <%s> for <%s>, but it is a miss (%s)",
                    value, text(key), miss.reason().label());
        }
        if (!Objects.deepEquals(found.value().orElse(null), value)) {
            throw failure(
                    "Expected <%s> for <%s>, but there is <%s>",
                    value, text(key), found.value().orElse(null));
        }
        return this;
    }

    /** A read of the key is a miss for this reason. Counts as a read. */
    public CachenessAssert misses(CacheKey<?> key, MissReason reason) {
        isNotNull();
        Lookup<?> found = actual.lookup(key);
        if (found instanceof Lookup.Hit<?> hit) {
            throw failure(
                    "Expected a miss for <%s>, but there is <%s>",
                    text(key), hit.entry().value());
        }
        if (found instanceof Lookup.Miss<?> miss && miss.reason() != reason) {
            throw failure(
                    "Expected a miss (%s) for <%s>, but it is one (%s)",
                    reason.label(), text(key), miss.reason().label());
        }
        return this;
    }

    /** The entry of the key expires this long after it was put. */
    public CachenessAssert expiresAfter(CacheKey<?> key, Duration ttl) {
        EntryMetadata found = metadata(key);
        Duration life = found.expiresAt() == null ? null : Duration.between(found.createdAt(), found.expiresAt());
        if (!ttl.equals(life)) {
            throw failure(
                    "Expected <%s> to expire after <%s>, but it does after <%s>",
                    text(key), ttl, life == null ? "never" : life);
        }
        return this;
    }

    /** The entry of the key has this tag. */
    public CachenessAssert hasTag(CacheKey<?> key, String tag) {
        EntryMetadata found = metadata(key);
        if (!found.tags().contains(tag)) {
            throw failure("Expected <%s> to have the tag <%s>, but it has <%s>", text(key), tag, found.tags());
        }
        return this;
    }

    /** There are so many entries in a namespace, which is what one of Spring's caches or of those of {@code @Cached} is. */
    public CachenessAssert hasEntries(String namespace, long count) {
        isNotNull();
        long found = actual.count(EntryQuery.all().inNamespace(namespace));
        if (found != count) {
            throw failure("Expected <%s> entries in <%s>, but there are <%s>", count, namespace, found);
        }
        return this;
    }

    /** There are no entries at all. */
    public CachenessAssert isEmpty() {
        isNotNull();
        long found = actual.count(EntryQuery.all());
        if (found != 0) {
            throw failure("Expected no entries, but there are <%s>: <%s>", found, actual.entries(EntryQuery.all()));
        }
        return this;
    }

    private EntryMetadata metadata(CacheKey<?> key) {
        isNotNull();
        Optional<EntryMetadata> found = actual.metadata(key);
        return found.orElseThrow(() -> failure("Expected an entry for <%s>, but there is none", text(key)));
    }

    private static String text(CacheKey<?> key) {
        return key.keyNamespace() + key.keyParameters();
    }
}
