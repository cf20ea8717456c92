package dev.cacheness.engine;

/** Which entries make room. */
public enum Eviction {

    /** Those that were not read for the longest time. */
    LRU,

    /** Those that were read least often, and of these those that were not read for the longest time. */
    LFU,

    /**
     * Those that save the least time for the room they take: load time multiplied by reads for each second of life, divided by size. Entries without a load
     * time count as quick to load.
     */
    COST
}
