package dev.cacheness.sql;

/** What becomes of rows that were not asked for. */
public enum OutOfRangeRows {
    /** They are left out and counted. */
    DROP,
    /** The fetch fails. */
    FAIL
}
