package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/** Buffers of {@code java.nio}: their remaining elements, as an array and back. */
final class Buffers {

    private Buffers() {}

    static ElementType typeOf(Buffer buffer) {
        if (buffer instanceof ByteBuffer) {
            return ElementType.BYTE;
        }
        if (buffer instanceof CharBuffer) {
            return ElementType.CHAR;
        }
        if (buffer instanceof ShortBuffer) {
            return ElementType.SHORT;
        }
        if (buffer instanceof IntBuffer) {
            return ElementType.INT;
        }
        if (buffer instanceof LongBuffer) {
            return ElementType.LONG;
        }
        return buffer instanceof FloatBuffer ? ElementType.FLOAT : ElementType.DOUBLE;
    }

    static ByteOrder orderOf(Buffer buffer) {
        return buffer instanceof ByteBuffer bytes ? bytes.order() : ByteOrder.nativeOrder();
    }

    /** The remaining elements; the buffer stays as it is. */
    static Object toArray(Buffer buffer) {
        if (buffer.hasArray()) {
            return slice(buffer);
        }
        Object array = java.lang.reflect.Array.newInstance(typeOf(buffer).primitive(), buffer.remaining());
        if (buffer instanceof ByteBuffer bytes) {
            bytes.duplicate().get((byte[]) array);
        } else if (buffer instanceof CharBuffer chars) {
            chars.duplicate().get((char[]) array);
        } else if (buffer instanceof ShortBuffer shorts) {
            shorts.duplicate().get((short[]) array);
        } else if (buffer instanceof IntBuffer ints) {
            ints.duplicate().get((int[]) array);
        } else if (buffer instanceof LongBuffer longs) {
            longs.duplicate().get((long[]) array);
        } else if (buffer instanceof FloatBuffer floats) {
            floats.duplicate().get((float[]) array);
        } else {
            ((DoubleBuffer) buffer).duplicate().get((double[]) array);
        }
        return array;
    }

    static Buffer ofArray(Object array, ByteOrder order) {
        if (array instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(order);
        }
        if (array instanceof char[] chars) {
            return CharBuffer.wrap(chars);
        }
        if (array instanceof short[] shorts) {
            return ShortBuffer.wrap(shorts);
        }
        if (array instanceof int[] ints) {
            return IntBuffer.wrap(ints);
        }
        if (array instanceof long[] longs) {
            return LongBuffer.wrap(longs);
        }
        if (array instanceof float[] floats) {
            return FloatBuffer.wrap(floats);
        }
        if (array instanceof double[] doubles) {
            return DoubleBuffer.wrap(doubles);
        }
        throw new CacheSerializationException(
                "There is no buffer of " + array.getClass().getComponentType());
    }

    private static Object slice(Buffer buffer) {
        int from = buffer.arrayOffset() + buffer.position();
        int to = from + buffer.remaining();
        Object array = buffer.array();
        if (from == 0 && to == java.lang.reflect.Array.getLength(array)) {
            return array;
        }
        return switch (typeOf(buffer)) {
            case BYTE -> Arrays.copyOfRange((byte[]) array, from, to);
            case CHAR -> Arrays.copyOfRange((char[]) array, from, to);
            case SHORT -> Arrays.copyOfRange((short[]) array, from, to);
            case INT -> Arrays.copyOfRange((int[]) array, from, to);
            case LONG -> Arrays.copyOfRange((long[]) array, from, to);
            case FLOAT -> Arrays.copyOfRange((float[]) array, from, to);
            default -> Arrays.copyOfRange((double[]) array, from, to);
        };
    }
}
