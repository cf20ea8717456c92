package dev.cacheness.engine;

/** What the memory layer keeps of a namespace. */
public enum MemoryUse {

    /** Nothing. */
    OFF,

    /** Rows with their bytes; each reader gets a value of its own. */
    VALUE,

    /** Also values that cannot change, such as texts, numbers and times, and records and unmodifiable collections of them; readers share them. */
    REFERENCE
}
