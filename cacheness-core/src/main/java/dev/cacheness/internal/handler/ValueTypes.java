package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** Holds a value that was read against the type that the reader expects. */
public final class ValueTypes {

    private ValueTypes() {}

    /**
     * The value.
     *
     * @throws CacheSerializationException with {@link MissReason#TYPE_CHANGED} if it is not of that type
     */
    public static <T> T checked(T value, Type expected) {
        Class<?> raw = rawClass(expected);
        if (!raw.isInstance(value)) {
            throw mismatch(value.getClass().getName(), expected);
        }
        return value;
    }

    /** Says that a value of this kind cannot be given to one who expects that type. */
    public static CacheSerializationException mismatch(String stored, Type expected) {
        return new CacheSerializationException(
                "The stored value is a " + stored + ", but the key is of values of " + expected.getTypeName(),
                MissReason.TYPE_CHANGED,
                null);
    }

    /** The class behind a generic type; primitives as their boxes. */
    public static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isPrimitive() ? boxed(plain) : plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return rawClass(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return rawClass(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawClass(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return rawClass(variable.getBounds()[0]);
        }
        return Object.class;
    }

    private static Class<?> boxed(Class<?> primitive) {
        return MethodType.methodType(primitive).wrap().returnType();
    }
}
