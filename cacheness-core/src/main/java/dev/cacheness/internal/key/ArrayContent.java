package dev.cacheness.internal.key;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.function.ObjIntConsumer;

/** The SHA-256 of the elements of a primitive array, big-endian, in pieces: large arrays are not copied whole. */
final class ArrayContent {

    private static final int BUFFER_SIZE = 8192;

    private ArrayContent() {}

    /** Writes the kind, the length and the hash of a primitive array; returns false for everything else. */
    static boolean write(Object value, CanonicalBytes out) {
        if (value instanceof byte[] array) {
            MessageDigest hash = Sha256.start();
            hash.update(array);
            write('B', array.length, hash, out);
        } else if (value instanceof short[] array) {
            write('S', array.length, Short.BYTES, (buffer, i) -> buffer.putShort(array[i]), out);
        } else if (value instanceof int[] array) {
            write('I', array.length, Integer.BYTES, (buffer, i) -> buffer.putInt(array[i]), out);
        } else if (value instanceof long[] array) {
            write('J', array.length, Long.BYTES, (buffer, i) -> buffer.putLong(array[i]), out);
        } else if (value instanceof char[] array) {
            write('C', array.length, Character.BYTES, (buffer, i) -> buffer.putChar(array[i]), out);
        } else if (value instanceof boolean[] array) {
            write('Z', array.length, 1, (buffer, i) -> buffer.put((byte) (array[i] ? 1 : 0)), out);
        } else if (value instanceof float[] array) {
            write('F', array.length, Float.BYTES, (buffer, i) -> buffer.putInt(Float.floatToIntBits(array[i])), out);
        } else if (value instanceof double[] array) {
            write(
                    'D',
                    array.length,
                    Double.BYTES,
                    (buffer, i) -> buffer.putLong(Double.doubleToLongBits(array[i])),
                    out);
        } else {
            return false;
        }
        return true;
    }

    /** Writes an array of the given kind whose elements went into the hash. */
    static void write(char kind, int length, MessageDigest hash, CanonicalBytes out) {
        out.tag(Tag.ARRAY);
        out.tag(kind);
        out.length(length);
        out.raw(hash.digest());
    }

    private static void write(
            char kind, int length, int elementSize, ObjIntConsumer<ByteBuffer> element, CanonicalBytes out) {
        MessageDigest hash = Sha256.start();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, (long) length * elementSize));
        for (int i = 0; i < length; i++) {
            if (buffer.remaining() < elementSize) {
                hash.update(buffer.flip());
                buffer.clear();
            }
            element.accept(buffer, i);
        }
        hash.update(buffer.flip());
        write(kind, length, hash, out);
    }
}
