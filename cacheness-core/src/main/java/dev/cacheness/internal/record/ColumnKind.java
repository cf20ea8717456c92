package dev.cacheness.internal.record;

/**
 * How a value is kept, in terms that every database has. The stored form of a value is the Java type named here, whatever the database makes of it.
 */
public enum ColumnKind {
    /** {@link String}. */
    TEXT,
    /** {@link Long}. */
    BIGINT,
    /** {@link Double}. */
    DOUBLE,
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link String}, so that no digit is lost. */
    DECIMAL,
    /** {@code byte[]}. */
    BYTES,
    /** {@link Long}: days since 1970-01-01. */
    DATE,
    /** {@link Long}: microseconds since 1970-01-01T00:00Z. */
    INSTANT,
    /** {@link Long}: microseconds since 1970-01-01T00:00 on the same wall clock. */
    DATETIME
}
