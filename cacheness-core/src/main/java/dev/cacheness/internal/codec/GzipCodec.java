package dev.cacheness.internal.codec;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Gzip members, one for every block: a fixed header without optional parts, deflated bytes, CRC-32 and size. */
final class GzipCodec implements Codec {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int TRAILER_LENGTH = 8;

    @Override
    public String name() {
        return "gzip";
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
        return 6;
    }

    @Override
    public int maxCompressedLength(int length) {
        return HEADER.length + TRAILER_LENGTH + length + (length >>> 8) + 64;
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int level) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(source, offset, length);
            deflater.finish();
            System.arraycopy(HEADER, 0, target, 0, HEADER.length);
            int end = HEADER.length;
            int limit = target.length - TRAILER_LENGTH;
            while (!deflater.finished()) {
                if (end == limit) {
                    return 0;
                }
                end += deflater.deflate(target, end, limit - end);
            }
            trailer(target, end).putInt(crc(source, offset, length)).putInt(length);
            return end + TRAILER_LENGTH;
        } finally {
            deflater.end();
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
        int deflated = length - HEADER.length - TRAILER_LENGTH;
        if (deflated < 0 || !startsWithHeader(source, offset)) {
            throw new CacheCompressionException("A block of " + length + " bytes is not what gzip wrote");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(source, offset + HEADER.length, deflated);
            int restored = inflate(inflater, target, targetOffset, targetLength);
            if (!inflater.finished() || inflater.getRemaining() != 0) {
                throw new CacheCompressionException(
                        "A block of " + length + " bytes does not end as gzip wrote it for " + targetLength + " bytes");
            }
            BlockSize.check(name(), restored, targetLength);
        } catch (DataFormatException ex) {
            throw new CacheCompressionException("A block of " + length + " bytes is not what gzip wrote", ex);
        } finally {
            inflater.end();
        }
        ByteBuffer trailer = trailer(source, offset + length - TRAILER_LENGTH);
        if (trailer.getInt() != crc(target, targetOffset, targetLength) || trailer.getInt() != targetLength) {
            throw new CacheCompressionException("A block of " + length + " bytes fails the check of gzip");
        }
    }

    /** The byte beyond the expected end is asked for too, since only then the inflater sees its end mark. */
    private static int inflate(Inflater inflater, byte[] target, int targetOffset, int targetLength)
            throws DataFormatException {
        int restored = 0;
        while (restored < targetLength && !inflater.finished()) {
            int step = inflater.inflate(target, targetOffset + restored, targetLength - restored);
            if (step == 0) {
                break;
            }
            restored += step;
        }
        return inflater.finished() ? restored : restored + inflater.inflate(new byte[1]);
    }

    private static boolean startsWithHeader(byte[] source, int offset) {
        for (int i = 0; i < HEADER.length; i++) {
            if (source[offset + i] != HEADER[i]) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer trailer(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes, offset, TRAILER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
