package dev.cacheness.internal.codec;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.Codec;

/** Leaves every block as it is. */
final class NoneCodec implements Codec {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public int minLevel() {
        return 0;
    }

    @Override
    public int maxLevel() {
        return 0;
    }

    @Override
    public int defaultLevel() {
        return 0;
    }

    @Override
    public int maxCompressedLength(int length) {
        return 0;
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int level) {
        return 0;
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
        throw new CacheCompressionException("A block is marked as compressed, but the codec 'none' compresses nothing");
    }
}
