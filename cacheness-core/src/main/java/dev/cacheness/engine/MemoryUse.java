package dev.cacheness.engine;

/** What the memory layer keeps of a namespace. */
public enum MemoryUse {

    /** Nothing. */
    OFF,

    /** Rows with their bytes; each reader gets a value of its own. */
    VALUE,

    /**
     * Rows with their bytes and, if it is immutable, the value that was made of them; all readers get that one. Values of other classes are made anew for each
     * reader, which is logged once for each class.
     */
    REFERENCE
}
