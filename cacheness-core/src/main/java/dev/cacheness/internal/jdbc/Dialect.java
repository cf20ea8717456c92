package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;
import org.jspecify.annotations.Nullable;

/** How a database says what they say differently in conditions. */
enum Dialect {
    SQLITE(
            SqliteStatements.DIGEST_BEGINS_WITH,
            SqliteStatements.ATTRIBUTE,
            SqliteStatements.NUMBER_ORDERED,
            SqliteStatements.TEXT_ORDERED,
            SqliteStatements.HAS_TAG,
            null) {
        @Override
        String nameOfAttribute(String name) {
            return "$." + JsonText.ofValue(name);
        }

        @Override
        Object numberBound(Object number) {
            return number;
        }
    },

    POSTGRESQL(
            PostgresqlStatements.DIGEST_BEGINS_WITH,
            PostgresqlStatements.ATTRIBUTE,
            PostgresqlStatements.NUMBER_ORDERED,
            PostgresqlStatements.TEXT_ORDERED,
            PostgresqlStatements.HAS_TAG,
            PostgresqlStatements.MAY_HAVE_ATTRIBUTES) {
        @Override
        String nameOfAttribute(String name) {
            return name;
        }

        @Override
        Object numberBound(Object number) {
            return JsonText.ofValue(number);
        }
    };

    private final String digestBeginsWith;

    private final String attribute;

    private final String numberOrdered;

    private final String textOrdered;

    private final String hasTag;

    private final @Nullable String mayHaveAttributes;

    Dialect(
            String digestBeginsWith,
            String attribute,
            String numberOrdered,
            String textOrdered,
            String hasTag,
            @Nullable String mayHaveAttributes) {
        this.digestBeginsWith = digestBeginsWith;
        this.attribute = attribute;
        this.numberOrdered = numberOrdered;
        this.textOrdered = textOrdered;
        this.hasTag = hasTag;
        this.mayHaveAttributes = mayHaveAttributes;
    }

    /** With the prefix as its parameter, twice. */
    String digestBeginsWith() {
        return digestBeginsWith;
    }

    /** The value of an attribute as JSON, null if there is none. With {@link #nameOfAttribute} as its parameter. */
    String attribute() {
        return attribute;
    }

    /** Whether an attribute is a number on that side of a bound. With the name, again the name, and {@link #numberBound} as its parameters. */
    String numberOrdered(String operator) {
        return numberOrdered.formatted(operator);
    }

    /** As {@link #numberOrdered}, for texts. */
    String textOrdered(String operator) {
        return textOrdered.formatted(operator);
    }

    abstract Object numberBound(Object number);

    /** With the tag as its parameter. */
    String hasTag() {
        return hasTag;
    }

    /** Holds for every entry with the attributes that are its parameter, as a JSON object, and for few others. Null if no index can tell. */
    @Nullable
    String mayHaveAttributes() {
        return mayHaveAttributes;
    }

    abstract String nameOfAttribute(String name);
}
