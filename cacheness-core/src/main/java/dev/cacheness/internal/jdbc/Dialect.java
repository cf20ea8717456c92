package dev.cacheness.internal.jdbc;

import dev.cacheness.EntryMetadata;
import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.EntryFilter;
import dev.cacheness.spi.EntryRef;
import dev.cacheness.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What SQLite and PostgreSQL say differently in statements that are otherwise the same. */
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

        @Override
        CustomSchema customSchema() {
            return CustomSchema.POSTGRESQL;
        }

        @Override
        String encode(String text) {
            return PostgresqlTexts.encode(text);
        }

        @Override
        EntryFilter encode(EntryFilter filter) {
            return PostgresqlTexts.encode(filter);
        }

        @Override
        String decode(String text) {
            return PostgresqlTexts.decode(text);
        }

        @Override
        EntryRef decode(EntryRef ref) {
            return PostgresqlTexts.decode(ref);
        }

        @Override
        EntryMetadata decode(EntryMetadata metadata) {
            return PostgresqlTexts.decode(metadata);
        }

        @Override
        StoredEntry decode(StoredEntry entry) {
            return PostgresqlTexts.decode(entry);
        }
    };

    private final String digestBeginsWith;

    private final String findLast;

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
        this.findLast = EntryStatements.findLast(digestBeginsWith);
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

    /** Finds the last digest that begins with the parameter, which is there twice. */
    String findLast() {
        return findLast;
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

    CustomSchema customSchema() {
        return CustomSchema.SQLITE;
    }

    /** A text as the database stores it. */
    String encode(String text) {
        return text;
    }

    EntryFilter encode(EntryFilter filter) {
        return filter;
    }

    /** A text as it was before it was stored. */
    String decode(String text) {
        return text;
    }

    EntryRef decode(EntryRef ref) {
        return ref;
    }

    EntryMetadata decode(EntryMetadata metadata) {
        return metadata;
    }

    StoredEntry decode(StoredEntry entry) {
        return entry;
    }
}
