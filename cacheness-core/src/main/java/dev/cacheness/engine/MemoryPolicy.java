package dev.cacheness.engine;

/** Which row leaves the memory layer when it is full. */
public enum MemoryPolicy {

    /** The one that is least likely to be read again, by how often and how recently; needs the library {@code com.github.ben-manes.caffeine:caffeine}. */
    TINYLFU,

    /** The one that was read the longest ago. */
    LRU,

    /** The one that was read least often. */
    LFU,

    /** The one that has been there longest. */
    FIFO,

    /** Any. */
    RANDOM
}
