package dev.cacheness.sql;

/** What a query gets if the source fails. */
public enum OnError {
    /** A {@link SqlCacheFetchException} that names what failed. What did arrive is stored. */
    FAIL,
    /** Rows that expired not too long ago, if there are any for all that failed; otherwise as {@link #FAIL}. */
    STALE,
    /** The rows of what is covered, and {@link SqlCacheResult#missing()} names the rest. */
    PARTIAL
}
