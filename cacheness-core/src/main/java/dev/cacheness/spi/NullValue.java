package dev.cacheness.spi;

/** Stands for a null that is to be kept, since a cache has no nulls: a method that answered null has been asked. */
public enum NullValue {
    INSTANCE
}
