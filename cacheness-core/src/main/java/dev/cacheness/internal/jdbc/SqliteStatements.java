package dev.cacheness.internal.jdbc;

/** What only SQLite understands. */
final class SqliteStatements {

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

    /** The parameter, twice, is how the digest begins. */
    static final String FIND_LAST = EntryStatements.findLast(DIGEST_BEGINS_WITH);

    /** The parameter is the tag. */
    static final String HAS_TAG = "digest in (select digest from cacheness_tag where tag = ?)";

    /** By the number of the row, which the index of expiries has. */
    static final String REMOVE_EXPIRED = """
            delete from cacheness_entry
            where rowid in (select rowid from cacheness_entry where expires_at <= ? order by expires_at limit ?)
            returning %s
            """.formatted(EntryStatements.REF_COLUMNS);

    private SqliteStatements() {}
}
