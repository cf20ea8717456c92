package dev.cacheness.sql;

/** What becomes of rows that do not fit the table. */
public enum InvalidRows {
    /** The fetch fails with an {@link InvalidRowException}. */
    FAIL,
    /** They are left out and counted. */
    SKIP
}
