package dev.cacheness.internal.handler.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Replaces elements by how much each differs from what the two before it promise, taken as whole numbers. In smooth data, and in numbers that grow
 * evenly, little is left. The sign goes into the lowest bit, so that small differences have zeros above.
 */
final class Differences {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Differences() {}

    /** Whether there are differences of elements of that width. */
    static boolean supports(int width) {
        return width == Integer.BYTES || width == Long.BYTES;
    }

    /** Writes the differences of {@code length} bytes of elements to the beginning of the target. */
    static void encode(byte[] source, int offset, int length, byte[] target, int width) {
        if (width == Integer.BYTES) {
            encodeInts(source, offset, length, target);
        } else {
            encodeLongs(source, offset, length, target);
        }
    }

    /** Undoes {@link #encode}, in place. */
    static void decode(byte[] bytes, int length, int width) {
        if (width == Integer.BYTES) {
            decodeInts(bytes, length);
        } else {
            decodeLongs(bytes, length);
        }
    }

    private static void encodeInts(byte[] source, int offset, int length, byte[] target) {
        int last = 0;
        int step = 0;
        for (int i = 0; i < length; i += Integer.BYTES) {
            int value = (int) INTS.get(source, offset + i);
            int difference = value - last - step;
            INTS.set(target, i, difference << 1 ^ difference >> 31);
            step = value - last;
            last = value;
        }
    }

    private static void decodeInts(byte[] bytes, int length) {
        int last = 0;
        int step = 0;
        for (int i = 0; i < length; i += Integer.BYTES) {
            int difference = (int) INTS.get(bytes, i);
            step += difference >>> 1 ^ -(difference & 1);
            last += step;
            INTS.set(bytes, i, last);
        }
    }

    private static void encodeLongs(byte[] source, int offset, int length, byte[] target) {
        long last = 0;
        long step = 0;
        for (int i = 0; i < length; i += Long.BYTES) {
            long value = (long) LONGS.get(source, offset + i);
            long difference = value - last - step;
            LONGS.set(target, i, difference << 1 ^ difference >> 63);
            step = value - last;
            last = value;
        }
    }

    private static void decodeLongs(byte[] bytes, int length) {
        long last = 0;
        long step = 0;
        for (int i = 0; i < length; i += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, i);
            step += difference >>> 1 ^ -(difference & 1);
            last += step;
            LONGS.set(bytes, i, last);
        }
    }
}
