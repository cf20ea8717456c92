package dev.cacheness.engine;

/** What a caller is told who wanted a value, and got one that could not be stored. */
public enum PutFailures {

    /** Nothing: the value counts for more. The failure is logged and counted. */
    TOLERATE,

    /** What went wrong. */
    THROW
}
