package dev.cacheness.sql;

/** Which of several rows with one key is kept. */
public enum DuplicateRows {
    /** The one that came last. */
    LAST,
    /** The one that came first. */
    FIRST,
    /** None: the fetch fails. */
    FAIL
}
