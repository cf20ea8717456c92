package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;

/** How a database says what they say differently in conditions. */
enum Dialect {
    SQLITE(SqliteStatements.DIGEST_BEGINS_WITH, SqliteStatements.ATTRIBUTE_IS, SqliteStatements.HAS_TAG) {
        @Override
        String nameOfAttribute(String name) {
            return "$." + JsonText.ofValue(name);
        }
    },

    POSTGRESQL(
            PostgresqlStatements.DIGEST_BEGINS_WITH, PostgresqlStatements.ATTRIBUTE_IS, PostgresqlStatements.HAS_TAG) {
        @Override
        String nameOfAttribute(String name) {
            return name;
        }
    };

    private final String digestBeginsWith;

    private final String attributeIs;

    private final String hasTag;

    Dialect(String digestBeginsWith, String attributeIs, String hasTag) {
        this.digestBeginsWith = digestBeginsWith;
        this.attributeIs = attributeIs;
        this.hasTag = hasTag;
    }

    /** With the prefix as its parameter, twice. */
    String digestBeginsWith() {
        return digestBeginsWith;
    }

    /** With two parameters: {@link #nameOfAttribute} and the value as JSON. */
    String attributeIs() {
        return attributeIs;
    }

    /** With the tag as its parameter. */
    String hasTag() {
        return hasTag;
    }

    abstract String nameOfAttribute(String name);
}
