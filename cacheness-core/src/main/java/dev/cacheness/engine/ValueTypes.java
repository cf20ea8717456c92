package dev.cacheness.engine;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** What a declared type says about an object. */
final class ValueTypes {

    private ValueTypes() {}

    /** Whether the object is of the type, as far as a running program can tell. */
    static boolean isInstance(Type type, Object value) {
        return boxed(rawClassOf(type)).isInstance(value);
    }

    static Class<?> rawClassOf(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return rawClassOf(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return rawClassOf(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return rawClassOf(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return rawClassOf(variable.getBounds()[0]);
        }
        return Object.class;
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
