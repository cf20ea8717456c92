package dev.cacheness.sql;

/** What happens if a gap detector throws, or names a range that makes no sense. */
public enum OnDetectorError {
    /** The default gaps are used; logged and counted. */
    FALLBACK,
    /** The query fails. */
    FAIL
}
