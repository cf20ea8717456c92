package dev.cacheness.internal.jdbc;

/** What only SQLite understands. */
final class SqliteStatements {

    static final String FIND_FORMER = """
            select namespace, generation, stored_size, blob_id, expires_at
            from cacheness_entry
            where digest = ?
            """;

    /** The blobs come as one JSON array, so that one text does for any number of them. */
    static final String REFERENCED_BLOBS = """
            select blob_id
            from cacheness_entry
            where blob_id in (select value from json_each(?))
            """;

    /** The parameter is the path of an attribute. Gives its value as JSON: equal texts are equal values of the same type. */
    static final String ATTRIBUTE = "attributes -> ?";

    /** The parameters are twice the path of an attribute, and a bound. */
    static final String NUMBER_ORDERED =
            "(json_type(attributes, ?) in ('integer', 'real') and json_extract(attributes, ?) %s ?)";

    static final String TEXT_ORDERED = "(json_type(attributes, ?) = 'text' and json_extract(attributes, ?) %s ?)";

    /** The parameter, twice, is how the digest begins; no character sorts behind the one that ends the range. */
    static final String DIGEST_BEGINS_WITH = "digest >= ? and digest < ? || char(1114111)";

    /** The parameter is the tag. */
    static final String HAS_TAG = "digest in (select digest from cacheness_tag where tag = ?)";

    /** The parameters are a time, and how many rows to leave out. Gives the place of a row in the index of expiries. */
    static final String EXPIRED_AT_PLACE = """
            select expires_at, rowid
            from cacheness_entry
            where expires_at <= ?
            order by expires_at, rowid
            limit 1 offset ?
            """;

    /** The parameters are a place in the index of expiries. Up to there, and in that order. */
    static final String REMOVE_EXPIRED = """
            delete from cacheness_entry
            where expires_at <= ?1 and (expires_at < ?1 or +rowid <= ?2)
            returning %s
            """.formatted(EntryStatements.REF_COLUMNS);

    /** The parameters are a namespace, a time, and how many at most. By the number of the row, which saves a look-up of each. */
    static final String REMOVE_EXPIRED_OF_NAMESPACE = removeOfNamespace("expires_at");

    static final String REMOVE_IDLE_OF_NAMESPACE = removeOfNamespace("accessed_at");

    private SqliteStatements() {}

    private static String removeOfNamespace(String time) {
        return """
                delete from cacheness_entry
                where rowid in (select rowid from cacheness_entry where namespace = ? and %1$s <= ? order by %1$s limit ?)
                returning %2$s
                """.formatted(time, EntryStatements.REF_COLUMNS);
    }
}
