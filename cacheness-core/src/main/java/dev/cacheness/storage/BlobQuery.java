package dev.cacheness.storage;

import dev.cacheness.AttributeCondition;
import dev.cacheness.Comparison;
import dev.cacheness.EntryQuery;
import dev.cacheness.internal.key.BlobKeys;
import java.util.List;
import java.util.Set;

/**
 * Which artifacts are asked for; all conditions must hold. Immutable, every method returns a new query. Attributes and tags follow the rules of
 * {@link EntryQuery}.
 *
 * @param prefix keys that begin with this, character by character; no character has a special meaning. Empty for all
 * @param attributes what attributes must be like
 * @param tags tags that must all be there
 * @param offset how many artifacts to leave out at the beginning
 * @param limit how many artifacts to return at most, 1 to 10,000
 */
public record BlobQuery(String prefix, List<AttributeCondition> attributes, Set<String> tags, int offset, int limit) {

    public BlobQuery {
        prefix = BlobKeys.checkPrefix(prefix);
        EntryQuery checked = new EntryQuery(null, "", attributes, tags, offset, limit);
        attributes = checked.attributes();
        tags = checked.tags();
    }

    private static BlobQuery of(String prefix, EntryQuery query) {
        return new BlobQuery(prefix, query.attributes(), query.tags(), query.offset(), query.limit());
    }

    private EntryQuery conditions() {
        return new EntryQuery(null, "", attributes, tags, offset, limit);
    }

    /** All artifacts, the first 100 of them. */
    public static BlobQuery all() {
        return of("", EntryQuery.all());
    }

    /**
     * Only artifacts whose key begins with this.
     *
     * @throws IllegalArgumentException if no key can begin so, see {@link BlobStore#put}
     */
    public BlobQuery withPrefix(String prefix) {
        return of(prefix, conditions());
    }

    /** Only artifacts that have this attribute with exactly this value, see {@link EntryQuery#withAttribute(String, Object)}. */
    public BlobQuery withAttribute(String name, Object value) {
        return of(prefix, conditions().withAttribute(name, value));
    }

    /** Only artifacts whose attribute compares like this, see {@link EntryQuery#withAttribute(String, Comparison, Object)}. */
    public BlobQuery withAttribute(String name, Comparison comparison, Object value) {
        return of(prefix, conditions().withAttribute(name, comparison, value));
    }

    /** Only artifacts that have this attribute, with whatever value. */
    public BlobQuery withAttribute(String name) {
        return of(prefix, conditions().withAttribute(name));
    }

    /** Only artifacts that have this tag. */
    public BlobQuery withTag(String tag) {
        return of(prefix, conditions().withTag(tag));
    }

    /**
     * Only so many artifacts, beginning with the given one.
     *
     * @throws IllegalArgumentException if {@code offset} is negative or {@code limit} is not 1 to 10,000
     */
    public BlobQuery page(int offset, int limit) {
        return of(prefix, conditions().page(offset, limit));
    }
}
