package dev.cacheness.internal.handler.array;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The kinds of elements that arrays are made of, and how their bits go into bytes, little end first. The order is part of the format. */
enum ElementType {
    BOOLEAN(1, boolean.class, Boolean.class),
    BYTE(1, byte.class, Byte.class),
    CHAR(2, char.class, Character.class),
    SHORT(2, short.class, Short.class),
    INT(4, int.class, Integer.class),
    LONG(8, long.class, Long.class),
    FLOAT(4, float.class, Float.class),
    DOUBLE(8, double.class, Double.class);

    private final int width;

    private final Class<?> primitive;

    private final Class<?> boxed;

    ElementType(int width, Class<?> primitive, Class<?> boxed) {
        this.width = width;
        this.primitive = primitive;
        this.boxed = boxed;
    }

    /** The kind of a primitive or of its box; null for any other class. */
    static @Nullable ElementType of(Class<?> element) {
        for (ElementType type : values()) {
            if (type.primitive == element || type.boxed == element) {
                return type;
            }
        }
        return null;
    }

    /** Bytes for each element. */
    int width() {
        return width;
    }

    Class<?> primitive() {
        return primitive;
    }

    Class<?> boxed() {
        return boxed;
    }

    /** Moves elements of a primitive array to the position of the buffer, which is little-endian. */
    void put(Object array, int from, int count, ByteBuffer target) {
        switch (this) {
            case BOOLEAN -> {
                boolean[] values = (boolean[]) array;
                for (int i = from; i < from + count; i++) {
                    target.put((byte) (values[i] ? 1 : 0));
                }
                return;
            }
            case BYTE -> {
                target.put((byte[]) array, from, count);
                return;
            }
            case CHAR -> target.asCharBuffer().put((char[]) array, from, count);
            case SHORT -> target.asShortBuffer().put((short[]) array, from, count);
            case INT -> target.asIntBuffer().put((int[]) array, from, count);
            case LONG -> target.asLongBuffer().put((long[]) array, from, count);
            case FLOAT -> target.asFloatBuffer().put((float[]) array, from, count);
            case DOUBLE -> target.asDoubleBuffer().put((double[]) array, from, count);
        }
        target.position(target.position() + count * width);
    }

    /** Moves elements from the position of the buffer, which is little-endian, to a primitive array. */
    void get(ByteBuffer source, Object array, int to, int count) {
        switch (this) {
            case BOOLEAN -> {
                boolean[] values = (boolean[]) array;
                for (int i = to; i < to + count; i++) {
                    values[i] = source.get() != 0;
                }
                return;
            }
            case BYTE -> {
                source.get((byte[]) array, to, count);
                return;
            }
            case CHAR -> source.asCharBuffer().get((char[]) array, to, count);
            case SHORT -> source.asShortBuffer().get((short[]) array, to, count);
            case INT -> source.asIntBuffer().get((int[]) array, to, count);
            case LONG -> source.asLongBuffer().get((long[]) array, to, count);
            case FLOAT -> source.asFloatBuffer().get((float[]) array, to, count);
            case DOUBLE -> source.asDoubleBuffer().get((double[]) array, to, count);
        }
        source.position(source.position() + count * width);
    }
}
