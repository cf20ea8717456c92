package dev.cacheness.sql;

/** What happens if the table was made for other columns. */
public enum OnSchemaChange {
    /** Columns that may be null are added, and everything is fetched again when it is asked for. Other changes fail. */
    ADD_COLUMNS,
    /** The cache does not open. */
    FAIL,
    /** The table is dropped and made anew. */
    RECREATE
}
