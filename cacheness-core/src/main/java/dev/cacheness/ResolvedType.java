package dev.cacheness;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generic type whose type variables were replaced by what they stand for; equal to the same type as the JDK reads it from a declaration. */
final class ResolvedType implements ParameterizedType {

    private final @Nullable Type owner;
    private final Type raw;
    private final List<Type> arguments;

    private ResolvedType(ParameterizedType type, List<Type> arguments) {
        this.owner = type.getOwnerType();
        this.raw = type.getRawType();
        this.arguments = arguments;
    }

    /** The type with its variables replaced, however deep they lie in it. */
    static Type resolve(Type type, Function<TypeVariable<?>, Type> replacement) {
        if (type instanceof TypeVariable<?> variable) {
            return replacement.apply(variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            List<Type> arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(argument -> resolve(argument, replacement))
                    .toList();
            var resolved = new ResolvedType(parameterized, arguments);
            return resolved.equals(parameterized) ? parameterized : resolved;
        }
        if (type instanceof GenericArrayType array
                && resolve(array.getGenericComponentType(), replacement) instanceof Class<?> component) {
            return component.arrayType();
        }
        return type;
    }

    /** What is left of a type, or of the bound of a variable, at run time. */
    static Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        return Object.class;
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType type
                && raw.equals(type.getRawType())
                && Objects.equals(owner, type.getOwnerType())
                && arguments.equals(List.of(type.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
        return arguments.hashCode() ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
        return raw.getTypeName()
                + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
