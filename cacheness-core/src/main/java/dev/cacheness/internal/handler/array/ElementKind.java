package dev.cacheness.internal.handler.array;

import dev.cacheness.CacheSerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What the innermost arrays hold: primitives, boxes or texts.
 *
 * @param type the primitive behind it, null for texts
 * @param boxed whether it is the box of the primitive
 */
record ElementKind(@Nullable ElementType type, boolean boxed) {

    private static final int TEXT = 8;

    private static final int BOXED = 0x40;

    private static final ElementKind STRING = new ElementKind(null, false);

    /** The kind of the elements of an array class, null if such arrays are not supported. */
    static @Nullable ElementKind ofArray(Class<?> arrayClass) {
        Class<?> element = arrayClass;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element == String.class) {
            return STRING;
        }
        ElementType type = ElementType.of(element);
        return type == null ? null : new ElementKind(type, element == type.boxed());
    }

    static ElementKind ofCode(int code) {
        if (code == TEXT) {
            return STRING;
        }
        int ordinal = code & ~BOXED;
        if (ordinal >= ElementType.values().length) {
            throw new CacheSerializationException("An array has the unknown element type " + code);
        }
        return new ElementKind(ElementType.values()[ordinal], (code & BOXED) != 0);
    }

    int code() {
        return type == null ? TEXT : type.ordinal() | (boxed ? BOXED : 0);
    }

    Class<?> elementClass() {
        return type == null ? String.class : boxed ? type.boxed() : type.primitive();
    }

    /** What an element takes on the heap at least. */
    int heapBytes() {
        return type == null || boxed ? Integer.BYTES : type.width();
    }
}
