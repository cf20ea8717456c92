package dev.cacheness.internal.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.Codec;

/** Zstandard frames, one for every block. */
final class ZstdCodec implements Codec {

    /*
     * Making a context costs more than compressing a small block, and it holds native memory. The pools are therefore shared by all caches of the
     * process and outlive each of them.
     */
    private static final ContextPool<ZstdCompressCtx> COMPRESSORS = new ContextPool<>(ZstdCompressCtx::new);

    private static final ContextPool<ZstdDecompressCtx> DECOMPRESSORS = new ContextPool<>(ZstdDecompressCtx::new);

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public int minLevel() {
        return 1;
    }

    @Override
    public int maxLevel() {
        return 19;
    }

    @Override
    public int defaultLevel() {
        return 3;
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int level) {
        ZstdCompressCtx context = COMPRESSORS.take();
        try {
            int written = context.setLevel(level).compressByteArray(target, 0, target.length, source, offset, length);
            COMPRESSORS.giveBack(context);
            return written;
        } catch (ZstdException ex) {
            context.close();
            throw new CacheCompressionException("A block of " + length + " bytes could not be compressed by zstd", ex);
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
        ZstdDecompressCtx context = DECOMPRESSORS.take();
        int restored;
        try {
            restored = context.decompressByteArray(target, targetOffset, targetLength, source, offset, length);
            DECOMPRESSORS.giveBack(context);
        } catch (ZstdException ex) {
            context.close();
            throw new CacheCompressionException("A block of " + length + " bytes is not what zstd wrote", ex);
        }
        BlockSize.check(name(), restored, targetLength);
    }
}
