package dev.cacheness;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks for entries by their custom metadata; all conditions must hold. Immutable and thread-safe, every method returns a new query. Entries that have
 * expired are not found. Unlike reading a value, asking fails if the index does: the methods that give an answer throw {@link CacheMetadataException},
 * for an answer that lacks some entries would be a wrong one.
 *
 * @param <R> the record
 */
public interface CustomMetadataQuery<R extends Record> extends CustomConditions<CustomMetadataQuery<R>> {

    /**
     * Orders by a component, after the orders that were given before. Null comes first. Without any order the newest entry comes first; entries that
     * are equal in all orders come by digest.
     *
     * @throws IllegalArgumentException for a component that is not there; names those that are
     */
    CustomMetadataQuery<R> orderBy(String component);

    /** As {@link #orderBy}, backwards: null comes last. */
    CustomMetadataQuery<R> orderByDescending(String component);

    /**
     * Leaves out so many matches at the beginning.
     *
     * @throws IllegalArgumentException if negative
     */
    CustomMetadataQuery<R> offset(int offset);

    /**
     * Gives so many matches at most; all of them without it.
     *
     * @throws IllegalArgumentException unless 1 to 10,000
     */
    CustomMetadataQuery<R> limit(int limit);

    /** The matches as they are at one moment. */
    List<Match<R>> list();

    /** The first match. */
    Optional<Match<R>> first();

    /** How many entries match; offset and limit are not looked at. */
    long count();

    /** As {@link #list()}: the matches of one moment, which are all in memory. */
    Stream<Match<R>> stream();

    /**
     * Removes all entries that match; orders, offset and limit are not looked at. Loads under way will not store their results, whatever their key.
     *
     * @return how many there were
     */
    int invalidate();

    /**
     * An entry that was found.
     *
     * @param digest the digest of its key
     * @param record what was put with it
     */
    record Match<R extends Record>(String digest, R record) {

        /** A key for the value: {@code cache.get(match.key().as(Model.class))}. */
        public CacheKey<Object> key() {
            return CacheKey.ofDigest(digest);
        }
    }
}
