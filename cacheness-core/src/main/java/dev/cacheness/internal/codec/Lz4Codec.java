package dev.cacheness.internal.codec;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.Codec;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4 blocks. Level 1 is the fast compressor, higher levels are the levels of the thorough one. */
final class Lz4Codec implements Codec {

    private final LZ4Factory factory = LZ4Factory.fastestInstance();

    private final LZ4Compressor fast = factory.fastCompressor();

    /** The only decompressor of the library that trusts neither its input nor the end of its target. */
    private final LZ4SafeDecompressor decompressor = factory.safeDecompressor();

    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public int minLevel() {
        return 1;
    }

    @Override
    public int maxLevel() {
        return 9;
    }

    @Override
    public int defaultLevel() {
        return 1;
    }

    @Override
    public int maxCompressedLength(int length) {
        return fast.maxCompressedLength(length);
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int level) {
        LZ4Compressor compressor = level <= 1 ? fast : factory.highCompressor(level);
        try {
            return compressor.compress(source, offset, length, target, 0, target.length);
        } catch (LZ4Exception ex) {
            throw new CacheCompressionException("A block of " + length + " bytes could not be compressed by lz4", ex);
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
        int restored;
        try {
            restored = decompressor.decompress(source, offset, length, target, targetOffset, targetLength);
        } catch (LZ4Exception ex) {
            throw new CacheCompressionException("A block of " + length + " bytes is not what lz4 wrote", ex);
        }
        BlockSize.check(name(), restored, targetLength);
    }
}
