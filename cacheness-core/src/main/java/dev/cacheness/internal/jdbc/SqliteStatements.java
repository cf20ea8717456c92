package dev.cacheness.internal.jdbc;

import dev.cacheness.Comparison;
import org.jspecify.annotations.Nullable;

/** What only SQLite understands. */
final class SqliteStatements {

    /** The blobs come as one JSON array, so that one text does for any number of them. */
    static final String REFERENCED_BLOBS = """
            select blob_id
            from cacheness_entry
            where blob_id in (select value from json_each(?))
            """;

    /** The parameters are the path of an attribute and its value as JSON: equal texts are equal values of the same type. */
    static final String ATTRIBUTE_IS = "attributes -> ? = ?";

    static final String ATTRIBUTE_IS_NOT = "attributes -> ? <> ?";

    static final String ATTRIBUTE_EXISTS = "attributes -> ? is not null";

    private static final String ORDERED = "(json_type(attributes, ?) in %s and json_extract(attributes, ?) %s ?)";

    /** The parameter, twice, is how the digest begins; no character sorts behind the one that ends the range. */
    static final String DIGEST_BEGINS_WITH = "digest >= ? and digest < ? || char(1114111)";

    private SqliteStatements() {}

    /**
     * An order among values of a kind. The very same value is told by its text: SQLite may read a number a little differently from how it was written.
     * Parameters are twice the path and the value, and then the path and the value as JSON; those two come first for {@code AT_MOST} and
     * {@code AT_LEAST}.
     */
    static String attributeOrdered(Comparison comparison, @Nullable Object value) {
        String kinds = value instanceof String ? "('text')" : "('integer', 'real')";
        return switch (comparison) {
            case LESS -> "(" + ORDERED.formatted(kinds, "<") + " and " + ATTRIBUTE_IS_NOT + ")";
            case GREATER -> "(" + ORDERED.formatted(kinds, ">") + " and " + ATTRIBUTE_IS_NOT + ")";
            case AT_MOST -> "(" + ATTRIBUTE_IS + " or " + ORDERED.formatted(kinds, "<=") + ")";
            case AT_LEAST -> "(" + ATTRIBUTE_IS + " or " + ORDERED.formatted(kinds, ">=") + ")";
            default -> throw new IllegalArgumentException("No order: " + comparison);
        };
    }
}
