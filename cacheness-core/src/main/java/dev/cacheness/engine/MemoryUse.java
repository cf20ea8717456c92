package dev.cacheness.engine;

/** What the memory layer keeps of a namespace. */
public enum MemoryUse {

    /** Nothing. */
    OFF,

    /** Rows with their bytes; each reader gets a value of its own. */
    VALUE
}
