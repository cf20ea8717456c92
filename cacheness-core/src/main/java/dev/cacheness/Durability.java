package dev.cacheness;

/** What an acknowledged write survives. */
public enum Durability {

    /** The death of the process, {@code kill -9} included. After a loss of power the newest writes may be missing, never wrong. */
    PROCESS,

    /** A loss of power, too. Every write waits for the disk. */
    POWER
}
