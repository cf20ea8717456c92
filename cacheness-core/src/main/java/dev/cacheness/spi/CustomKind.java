package dev.cacheness.spi;

/**
 * What the values of a column of custom metadata are, and in which form a backend gets and returns them. The form's own order is the order of the values:
 * texts are ordered by code points. Every form may be null.
 */
public enum CustomKind {
    /** {@code String} without U+0000. */
    TEXT(String.class),
    /** {@code Long}. */
    WHOLE(Long.class),
    /** Finite {@code Double}. */
    REAL(Double.class),
    /** {@code Long}: 0 or 1. */
    BOOLEAN(Long.class),
    /** {@code String}, see {@code SortableDecimal}. */
    DECIMAL(String.class),
    /** {@code String}: the usual form in lower case. */
    UUID(String.class),
    /** {@code String}: {@code 2026-01-31}. */
    DATE(String.class),
    /** {@code String}: {@code 2026-01-31T12:00:00.000000000Z}. */
    INSTANT(String.class),
    /** {@code String}: {@code 2026-01-31T12:00:00.000000000}. */
    DATETIME(String.class),
    /** {@code Long}: nanoseconds. */
    DURATION(Long.class);

    private final Class<?> form;

    CustomKind(Class<?> form) {
        this.form = form;
    }

    /** The class of stored values. */
    public Class<?> form() {
        return form;
    }
}
