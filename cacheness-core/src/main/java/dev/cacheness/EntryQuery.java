package dev.cacheness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; all conditions must hold. Immutable, every method returns a new query.
 *
 * @param namespace exactly this namespace, null for all
 * @param digestPrefix digests that begin with this, empty for all
 * @param attributes what attributes must be like
 * @param tags tags that must all be there
 * @param offset how many entries to leave out at the beginning
 * @param limit how many entries to return at most, 1 to 10,000
 */
public record EntryQuery(
        @Nullable String namespace,
        String digestPrefix,
        List<AttributeCondition> attributes,
        Set<String> tags,
        int offset,
        int limit) {

    private static final Pattern DIGEST_PREFIX = Pattern.compile("[0-9a-f]{0,32}");

    private static final int MAX_LIMIT = 10_000;

    private static final int DEFAULT_LIMIT = 100;

    public EntryQuery {
        if (!DIGEST_PREFIX.matcher(digestPrefix).matches()) {
            throw new IllegalArgumentException(
                    "digestPrefix must be at most 32 lower-case hexadecimal characters, but is '"
                            + (digestPrefix.length() > 80 ? digestPrefix.substring(0, 80) + "…" : digestPrefix) + "'");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, but is " + offset);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", but is " + limit);
        }
        attributes = attributes.stream().map(EntryQuery::checked).toList();
        tags = TagRules.check(tags);
    }

    /** All entries, the first 100 of them. */
    public static EntryQuery all() {
        return new EntryQuery(null, "", List.of(), Set.of(), 0, DEFAULT_LIMIT);
    }

    /** Only entries of this namespace. */
    public EntryQuery inNamespace(String namespace) {
        return new EntryQuery(
                Objects.requireNonNull(namespace, "namespace"), digestPrefix, attributes, tags, offset, limit);
    }

    /**
     * Only entries whose digest begins with this.
     *
     * @throws IllegalArgumentException unless at most 32 lower-case hexadecimal characters
     */
    public EntryQuery withDigestPrefix(String digestPrefix) {
        return new EntryQuery(namespace, digestPrefix, attributes, tags, offset, limit);
    }

    /**
     * Only entries that have this attribute with exactly this value.
     *
     * @throws IllegalArgumentException for a name or a value that no attribute can have, see {@link PutOption#attribute}
     */
    public EntryQuery withAttribute(String name, Object value) {
        return withAttribute(name, Comparison.EQUAL, value);
    }

    /**
     * Only entries that have this attribute with a value that compares like this, see {@link AttributeCondition}.
     *
     * @throws IllegalArgumentException for a name or a value that no attribute can have, and for a boolean that is to be ordered
     */
    public EntryQuery withAttribute(String name, Comparison comparison, Object value) {
        return with(new AttributeCondition(name, comparison, value));
    }

    /**
     * Only entries that have this attribute, with whatever value.
     *
     * @throws IllegalArgumentException for a name that no attribute can have
     */
    public EntryQuery withAttribute(String name) {
        return with(new AttributeCondition(name, Comparison.EXISTS, null));
    }

    private EntryQuery with(AttributeCondition condition) {
        var more = new ArrayList<>(attributes);
        more.add(condition);
        return new EntryQuery(namespace, digestPrefix, more, tags, offset, limit);
    }

    private static AttributeCondition checked(AttributeCondition condition) {
        String name = AttributeRules.checkName(condition.name());
        Object value = condition.value();
        return new AttributeCondition(
                name, condition.comparison(), value == null ? null : AttributeRules.checkValue(name, value));
    }

    /**
     * Only entries that have this tag.
     *
     * @throws IllegalArgumentException for what cannot be a tag, see {@link PutOption#tags}
     */
    public EntryQuery withTag(String tag) {
        var more = new TreeSet<>(tags);
        more.add(Objects.requireNonNull(tag, "tag"));
        return new EntryQuery(namespace, digestPrefix, attributes, more, offset, limit);
    }

    /**
     * Only so many entries, beginning with the given one.
     *
     * @throws IllegalArgumentException if {@code offset} is negative or {@code limit} is not 1 to 10,000
     */
    public EntryQuery page(int offset, int limit) {
        return new EntryQuery(namespace, digestPrefix, attributes, tags, offset, limit);
    }
}
