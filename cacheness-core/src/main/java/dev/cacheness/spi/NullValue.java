package dev.cacheness.spi;

/** Stands for null where a cache must tell "the answer is null" from "there is no answer"; takes no bytes. */
public enum NullValue {

    /** The only one. */
    INSTANCE
}
