package dev.cacheness.internal.codec;

import dev.cacheness.CacheCompressionException;

/** A restored block has the size that was written, or it is not the block that was written. */
final class BlockSize {

    private BlockSize() {}

    static void check(String codec, int restored, int expected) {
        if (restored != expected) {
            throw new CacheCompressionException("A block of codec '" + codec + "' was restored to " + restored
                    + " bytes, but " + expected + " were written");
        }
    }
}
