package dev.cacheness;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be said while putting a value; made for static import. Of two options of one kind the later one holds, except for attributes, tags and custom metadata, which add up.
 */
public sealed interface PutOption {

    /** How long the entry lives from the put on. */
    record Ttl(Duration ttl) implements PutOption {
        public Ttl {
            if (ttl.isNegative() || ttl.isZero()) {
                throw new IllegalArgumentException(
                        "ttl must be positive, but is " + ttl + "; say noExpiry() for an entry that does not expire");
            }
            if (ttl.compareTo(MAX_TTL) > 0) {
                throw new IllegalArgumentException("ttl must be at most 36500 days, but is " + ttl
                        + "; say noExpiry() for an entry that does not expire");
            }
        }
    }

    /** The entry does not expire, whatever the default is. */
    record NoExpiry() implements PutOption {}

    /** A text for people. */
    record Description(String text) implements PutOption {
        public Description {
            if (text.length() > 500) {
                throw new IllegalArgumentException(
                        "description has " + text.length() + " characters, at most 500 are allowed");
            }
        }
    }

    /** Facts about the entry that can be searched. */
    record Attributes(Map<String, Object> attributes) implements PutOption {
        public Attributes {
            var copy = new LinkedHashMap<String, Object>();
            attributes.forEach(
                    (name, value) -> copy.put(AttributeRules.checkName(name), AttributeRules.checkValue(name, value)));
            attributes = Collections.unmodifiableMap(copy);
        }
    }

    /** Words by which entries are found and removed together. */
    record Tags(Set<String> tags) implements PutOption {
        public Tags {
            tags = TagRules.check(tags);
        }
    }

    /** Records that are stored as rows with the entry. */
    record CustomRecords(List<Record> records) implements PutOption {
        public CustomRecords {
            records = List.copyOf(records);
        }
    }

    /** The handler that writes the value, instead of the first one that accepts it. */
    record HandlerName(String name) implements PutOption {
        public HandlerName {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The codec that compresses the value. */
    record CodecName(String name) implements PutOption {
        public CodecName {
            Objects.requireNonNull(name, "name");
        }
    }

    /** Says of a loaded value whether it is stored. */
    record StoreIf(Predicate<Object> condition) implements PutOption {
        public StoreIf {
            Objects.requireNonNull(condition, "condition");
        }
    }

    /** The longest time to live that can be asked for. */
    Duration MAX_TTL = Duration.ofDays(36_500);

    /**
     * The entry expires this long after the put.
     *
     * @throws IllegalArgumentException unless positive and at most {@link #MAX_TTL}
     */
    static PutOption ttl(Duration ttl) {
        return new Ttl(ttl);
    }

    /** The entry does not expire, whatever the default is. */
    static PutOption noExpiry() {
        return new NoExpiry();
    }

    /** A text for people, at most 500 characters. */
    static PutOption description(String text) {
        return new Description(text);
    }

    /**
     * One attribute of the entry.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}
     * @param value a {@code String}, {@code Boolean}, {@code Integer}, {@code Long} or finite {@code Double}
     * @throws IllegalArgumentException for any other name or value
     */
    static PutOption attribute(String name, Object value) {
        return new Attributes(Map.of(name, value));
    }

    /** Several attributes of the entry, each as in {@link #attribute}. */
    static PutOption attributes(Map<String, ?> attributes) {
        return new Attributes(new LinkedHashMap<>(attributes));
    }

    /**
     * Words by which entries are found and removed together, see {@link EntryQuery#withTag}.
     *
     * @param tags at most 32 in all, each of 1 to 64 characters and without control characters; the same one twice is the same as once
     * @throws IllegalArgumentException for any other tag, or for more of them; for several options with too many in all, by the method that is
     *     given them
     */
    static PutOption tags(String... tags) {
        return new Tags(new LinkedHashSet<>(List.of(tags)));
    }

    /**
     * Facts about the entry as records, each a row of a table of its own, see {@link CustomMetadata}. Stored in the same transaction as the entry, and
     * gone with it; a later put to the key replaces them all. The put throws {@link IllegalArgumentException} for a record that cannot be a row, and
     * {@link CacheMetadataException} if the index keeps no custom metadata or a {@link Unique} value belongs to another entry; it stores nothing then.
     *
     * @param records of several of one class the last one counts
     */
    static PutOption customMetadata(Record... records) {
        return new CustomRecords(List.of(records));
    }

    /** The handler that writes the value, by name, instead of the first one that accepts it. */
    static PutOption handler(String name) {
        return new HandlerName(name);
    }

    /**
     * The codec that compresses the value, by name, instead of that of the namespace; with its own default level. A put throws
     * {@link CacheConfigurationException} for a codec that there is none of.
     */
    static PutOption codec(String name) {
        return new CodecName(name);
    }

    /**
     * A value that was loaded is stored only if the condition holds for it; the callers get it all the same. Counts for {@link Cacheness#getOrCompute} and
     * {@link StartedLoad#store}; puts do as they are told.
     *
     * @param condition asked once per load, by the thread that stores
     */
    static PutOption storeIf(Predicate<Object> condition) {
        return new StoreIf(condition);
    }

    /** The format in which the value is stored, the same as {@link #handler} of its handler. The put refuses a value that has no such form. */
    static PutOption format(StoredFormat format) {
        return new HandlerName(format.handler());
    }
}
