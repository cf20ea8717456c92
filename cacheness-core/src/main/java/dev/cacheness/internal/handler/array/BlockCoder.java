package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.HandlerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Turns a block of elements into the form in which it is stored, and back. The form is chosen for each block on a sample of it: as it is, compressed,
 * shuffled and compressed, or the same with differences in place of elements, whatever is smallest. Thread-safe.
 */
final class BlockCoder {

    /** How many bytes of elements make a block; a multiple of every width. */
    static final int BLOCK_SIZE = 512 * 1024;

    private static final int SAMPLE_SIZE = 32 * 1024;

    /** A block that is stored as it is. */
    static final int RAW = 0;

    private static final int ZSTD = 1;

    private static final int LZ4 = 2;

    private static final int SHUFFLED = 0x10;

    /** Shuffled differences. */
    private static final int DIFFERENCES = 0x30;

    private static final int FILTERS = 0x30;

    private final Codec zstd;

    private final Codec lz4;

    /** What new blocks are compressed with, null for nothing. */
    private final @Nullable Codec codec;

    private final int level;

    BlockCoder(HandlerSettings settings) {
        CodecRegistry codecs = new CodecRegistry();
        zstd = codecs.require("zstd");
        lz4 = codecs.require("lz4");
        codec = switch (settings.codec()) {
            case "none" -> null;
            case "lz4" -> lz4;
            default -> zstd;
        };
        Integer asked = settings.codecLevel();
        // Beyond the lowest level arrays take far more time for a few percent.
        level = asked != null && codec != null && codec.name().equals(settings.codec()) ? asked : 1;
    }

    /** Encodes {@code length} bytes, which are given away: the result may refer to them. */
    EncodedBlock encode(byte[] bytes, int length, int width) {
        Codec chosen = codec;
        if (chosen == null || length < 64) {
            return new EncodedBlock(RAW, bytes, length);
        }
        int sample = Math.min(length, SAMPLE_SIZE);
        int start = (length - sample) / 2 / Long.BYTES * Long.BYTES;
        int filters = 0;
        int best = compressedSize(chosen, bytes, start, sample);
        if (width > 1) {
            int shuffled = compressedSize(chosen, filtered(bytes, start, sample, width, SHUFFLED), 0, sample);
            if (shuffled < best) {
                filters = SHUFFLED;
                best = shuffled;
            }
        }
        if (Differences.supports(width)) {
            int differences = compressedSize(chosen, filtered(bytes, start, sample, width, DIFFERENCES), 0, sample);
            // They take time to undo, so they have to pay.
            if (differences < best - best / 16) {
                filters = DIFFERENCES;
                best = differences;
            }
        }
        if (best > sample - sample / 16) {
            return new EncodedBlock(RAW, bytes, length);
        }
        byte[] source = filters == 0 ? bytes : filtered(bytes, 0, length, width, filters);
        byte[] target = new byte[chosen.maxCompressedLength(length)];
        int size = chosen.compress(source, 0, length, target, level);
        return size == 0 || size >= length
                ? new EncodedBlock(RAW, bytes, length)
                : new EncodedBlock((chosen == zstd ? ZSTD : LZ4) | filters, target, size);
    }

    /** Whether new blocks are compressed at all. */
    boolean compresses() {
        return codec != null;
    }

    /**
     * Decodes a block, whose buffer is given away.
     *
     * @return begins with {@code length} bytes of elements; a spare that is to be given back
     * @throws CacheSerializationException if the bytes make no such block
     */
    byte[] decode(EncodedBlock block, int length, int width, Spares spares) {
        if (block.form() == RAW) {
            if (block.length() != length) {
                throw new CacheSerializationException(
                        "A block of " + length + " bytes is stored as " + block.length() + " bytes");
            }
            return block.bytes();
        }
        int filters = block.form() & FILTERS;
        Codec chosen = codecOf(block.form() & ~FILTERS);
        if (filters != 0 && filters != SHUFFLED && (filters != DIFFERENCES || !Differences.supports(width))) {
            throw unknown(block.form());
        }
        byte[] restored = spares.take();
        try {
            chosen.decompress(block.bytes(), 0, block.length(), restored, 0, length);
        } catch (CacheCompressionException ex) {
            throw new CacheSerializationException("A block of an array cannot be restored", ex);
        }
        if (filters == 0) {
            spares.giveBack(block.bytes());
            return restored;
        }
        byte[] elements = block.bytes();
        Shuffle.unshuffle(restored, 0, length, elements, 0, width);
        spares.giveBack(restored);
        if (filters == DIFFERENCES) {
            Differences.decode(elements, length, width);
        }
        return elements;
    }

    private Codec codecOf(int form) {
        return switch (form) {
            case ZSTD -> zstd;
            case LZ4 -> lz4;
            default -> throw unknown(form);
        };
    }

    private static CacheSerializationException unknown(int form) {
        return new CacheSerializationException("A block of an array has the unknown form " + form);
    }

    private int compressedSize(Codec chosen, byte[] bytes, int offset, int length) {
        byte[] target = new byte[chosen.maxCompressedLength(length)];
        int size = chosen.compress(bytes, offset, length, target, level);
        return size == 0 ? length : size;
    }

    private static byte[] filtered(byte[] bytes, int offset, int length, int width, int filters) {
        byte[] source = bytes;
        int sourceOffset = offset;
        if (filters == DIFFERENCES) {
            source = new byte[length];
            sourceOffset = 0;
            Differences.encode(bytes, offset, length, source, width);
        }
        byte[] target = new byte[length];
        Shuffle.shuffle(source, sourceOffset, length, target, 0, width);
        return target;
    }
}
