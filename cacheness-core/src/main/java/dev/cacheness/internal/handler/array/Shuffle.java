package dev.cacheness.internal.handler.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Brings the first bytes of all elements together, then the second ones, and so on. Bytes of the same weight are alike in smooth data, so that codecs
 * find more in them. Elements of 8 and of 4 bytes are transposed as squares of 8x8 and 4x4 bytes in registers.
 */
final class Shuffle {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Shuffle() {}

    /** Shuffles {@code length} bytes, a multiple of {@code width}. */
    static void shuffle(byte[] source, int offset, int length, byte[] target, int targetOffset, int width) {
        int count = length / width;
        int done = 0;
        if (width == Long.BYTES) {
            done = transposeLongs(source, offset, Long.BYTES, 1, target, targetOffset, 1, count, count);
        } else if (width == Integer.BYTES) {
            done = transposeInts(source, offset, Integer.BYTES, 1, target, targetOffset, 1, count, count);
        }
        for (int plane = 0; plane < width; plane++) {
            int to = targetOffset + plane * count;
            for (int i = done; i < count; i++) {
                target[to + i] = source[offset + i * width + plane];
            }
        }
    }

    /** Undoes {@link #shuffle}. */
    static void unshuffle(byte[] source, int offset, int length, byte[] target, int targetOffset, int width) {
        int count = length / width;
        int done = 0;
        if (width == Long.BYTES) {
            done = transposeLongs(source, offset, 1, count, target, targetOffset, Long.BYTES, 1, count);
        } else if (width == Integer.BYTES) {
            done = transposeInts(source, offset, 1, count, target, targetOffset, Integer.BYTES, 1, count);
        }
        for (int plane = 0; plane < width; plane++) {
            int from = offset + plane * count;
            for (int i = done; i < count; i++) {
                target[targetOffset + i * width + plane] = source[from + i];
            }
        }
    }

    /**
     * Transposes squares of 8x8 bytes. Row {@code r} of the square that begins at element {@code i} is at {@code i * step + r * 8} if elements lie one
     * after the other ({@code step} 8, {@code row} 1), and at {@code i + r * row} if planes do ({@code step} 1).
     */
    private static int transposeLongs(
            byte[] source,
            int offset,
            int step,
            int row,
            byte[] target,
            int targetOffset,
            int targetStep,
            int targetRow,
            int count) {
        int rowBytes = step == 1 ? row : Long.BYTES;
        int targetRowBytes = targetStep == 1 ? targetRow : Long.BYTES;
        int whole = count & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            int from = offset + i * step;
            long a0 = (long) LONGS.get(source, from);
            long a1 = (long) LONGS.get(source, from + rowBytes);
            long a2 = (long) LONGS.get(source, from + 2 * rowBytes);
            long a3 = (long) LONGS.get(source, from + 3 * rowBytes);
            long a4 = (long) LONGS.get(source, from + 4 * rowBytes);
            long a5 = (long) LONGS.get(source, from + 5 * rowBytes);
            long a6 = (long) LONGS.get(source, from + 6 * rowBytes);
            long a7 = (long) LONGS.get(source, from + 7 * rowBytes);
            long t;
            // Swaps the off-diagonal bytes of every 2x2 square, then those of 4x4, then those of 8x8.
            long mask = 0x00FF00FF00FF00FFL;
            t = ((a0 >>> 8) ^ a1) & mask;
            a1 ^= t;
            a0 ^= t << 8;
            t = ((a2 >>> 8) ^ a3) & mask;
            a3 ^= t;
            a2 ^= t << 8;
            t = ((a4 >>> 8) ^ a5) & mask;
            a5 ^= t;
            a4 ^= t << 8;
            t = ((a6 >>> 8) ^ a7) & mask;
            a7 ^= t;
            a6 ^= t << 8;
            mask = 0x0000FFFF0000FFFFL;
            t = ((a0 >>> 16) ^ a2) & mask;
            a2 ^= t;
            a0 ^= t << 16;
            t = ((a1 >>> 16) ^ a3) & mask;
            a3 ^= t;
            a1 ^= t << 16;
            t = ((a4 >>> 16) ^ a6) & mask;
            a6 ^= t;
            a4 ^= t << 16;
            t = ((a5 >>> 16) ^ a7) & mask;
            a7 ^= t;
            a5 ^= t << 16;
            mask = 0x00000000FFFFFFFFL;
            t = ((a0 >>> 32) ^ a4) & mask;
            a4 ^= t;
            a0 ^= t << 32;
            t = ((a1 >>> 32) ^ a5) & mask;
            a5 ^= t;
            a1 ^= t << 32;
            t = ((a2 >>> 32) ^ a6) & mask;
            a6 ^= t;
            a2 ^= t << 32;
            t = ((a3 >>> 32) ^ a7) & mask;
            a7 ^= t;
            a3 ^= t << 32;
            int to = targetOffset + i * targetStep;
            LONGS.set(target, to, a0);
            LONGS.set(target, to + targetRowBytes, a1);
            LONGS.set(target, to + 2 * targetRowBytes, a2);
            LONGS.set(target, to + 3 * targetRowBytes, a3);
            LONGS.set(target, to + 4 * targetRowBytes, a4);
            LONGS.set(target, to + 5 * targetRowBytes, a5);
            LONGS.set(target, to + 6 * targetRowBytes, a6);
            LONGS.set(target, to + 7 * targetRowBytes, a7);
        }
        return whole;
    }

    /** As {@link #transposeLongs}, for squares of 4x4 bytes. */
    private static int transposeInts(
            byte[] source,
            int offset,
            int step,
            int row,
            byte[] target,
            int targetOffset,
            int targetStep,
            int targetRow,
            int count) {
        int rowBytes = step == 1 ? row : Integer.BYTES;
        int targetRowBytes = targetStep == 1 ? targetRow : Integer.BYTES;
        int whole = count & -Integer.BYTES;
        for (int i = 0; i < whole; i += Integer.BYTES) {
            int from = offset + i * step;
            int a0 = (int) INTS.get(source, from);
            int a1 = (int) INTS.get(source, from + rowBytes);
            int a2 = (int) INTS.get(source, from + 2 * rowBytes);
            int a3 = (int) INTS.get(source, from + 3 * rowBytes);
            int t = ((a0 >>> 8) ^ a1) & 0x00FF00FF;
            a1 ^= t;
            a0 ^= t << 8;
            t = ((a2 >>> 8) ^ a3) & 0x00FF00FF;
            a3 ^= t;
            a2 ^= t << 8;
            t = ((a0 >>> 16) ^ a2) & 0x0000FFFF;
            a2 ^= t;
            a0 ^= t << 16;
            t = ((a1 >>> 16) ^ a3) & 0x0000FFFF;
            a3 ^= t;
            a1 ^= t << 16;
            int to = targetOffset + i * targetStep;
            INTS.set(target, to, a0);
            INTS.set(target, to + targetRowBytes, a1);
            INTS.set(target, to + 2 * targetRowBytes, a2);
            INTS.set(target, to + 3 * targetRowBytes, a3);
        }
        return whole;
    }
}
