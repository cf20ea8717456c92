package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;

/** How the elements lie in the value. The order is part of the format. */
enum Layout {
    /** In blocks, each with its form and its length. */
    BLOCKS,

    /** As they are, one after the other, the first one at a multiple of {@link #ALIGNMENT}. */
    CONTIGUOUS;

    /** So that no element lies across the border of two blocks of the store. */
    static final int ALIGNMENT = 8;

    static Layout ofCode(int code) {
        if (code >= values().length) {
            throw new CacheSerializationException("The elements of an array have the unknown layout " + code);
        }
        return values()[code];
    }
}
