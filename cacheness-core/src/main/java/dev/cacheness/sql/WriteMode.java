package dev.cacheness.sql;

/** What becomes of the rows that a fetched range had before. */
public enum WriteMode {
    /** They are gone, so that rows deleted at the source are deleted here. */
    REPLACE_RANGE,
    /** They stay unless a new row has their key. */
    MERGE
}
