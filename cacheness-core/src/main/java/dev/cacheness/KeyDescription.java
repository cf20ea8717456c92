package dev.cacheness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the declaration of a key class says: namespace, components, type of the value. Read once per class.
 *
 * @param accessors null for a class that is no record
 * @param masked the names of the components that are secrets
 */
record KeyDescription(
        String namespace, Type valueType, @Nullable Map<String, MethodHandle> accessors, Set<String> masked) {

    private static final ClassValue<KeyDescription> DESCRIPTIONS = new ClassValue<>() {
        @Override
        protected KeyDescription computeValue(Class<?> keyClass) {
            return describe(keyClass);
        }
    };

    static KeyDescription of(Class<?> keyClass) {
        return DESCRIPTIONS.get(keyClass);
    }

    Map<String, @Nullable Object> parameters(CacheKey<?> key) {
        if (accessors == null) {
            throw new IllegalStateException(key.getClass().getName()
                    + " is no record, so it must override keyParameters() to say what its parameters are");
        }
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        accessors.forEach((name, accessor) -> parameters.put(name, read(key, name, accessor)));
        return parameters;
    }

    private static KeyDescription describe(Class<?> keyClass) {
        KeyNamespace annotation = keyClass.getAnnotation(KeyNamespace.class);
        if (annotation == null && keyClass.isHidden()) {
            throw new IllegalStateException("The key " + keyClass.getName()
                    + " is of a class made at run time, whose name differs on each start; pin it with @KeyNamespace");
        }
        String namespace = ParameterKey.checkNamespace(annotation != null ? annotation.value() : keyClass.getName());
        return new KeyDescription(
                namespace,
                valueTypeOf(keyClass),
                keyClass.isRecord() ? accessorsOf(keyClass) : null,
                keyClass.isRecord() ? maskedOf(keyClass) : Set.of());
    }

    private static Map<String, MethodHandle> accessorsOf(Class<?> keyClass) {
        RecordComponent[] components = keyClass.getRecordComponents();
        if (components.length == 0) {
            throw new IllegalStateException(
                    "The key " + keyClass.getName() + " has no components; a key needs at least one parameter");
        }
        var accessors = new LinkedHashMap<String, MethodHandle>();
        for (RecordComponent component : components) {
            accessors.put(component.getName(), handleOf(component.getAccessor(), keyClass));
        }
        return Collections.unmodifiableMap(accessors);
    }

    private static Set<String> maskedOf(Class<?> keyClass) {
        return Arrays.stream(keyClass.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Masked.class))
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static MethodHandle handleOf(Method accessor, Class<?> keyClass) {
        accessor.trySetAccessible();
        try {
            return MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException(
                    "The components of the key " + keyClass.getName() + " cannot be read; open its package to "
                            + KeyDescription.class.getModule(),
                    ex);
        }
    }

    private static @Nullable Object read(Object key, String name, MethodHandle accessor) {
        try {
            return (Object) accessor.invokeExact(key);
        } catch (Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(
                    "Reading '" + name + "' of the key " + key.getClass().getName() + " failed", ex);
        }
    }

    private static Type valueTypeOf(Class<?> keyClass) {
        Type argument = argumentOfCacheKey(keyClass, Map.of());
        return argument != null ? argument : Object.class;
    }

    /** Follows the declarations upwards to {@code CacheKey<V>} and returns what stands for {@code V} there. */
    private static @Nullable Type argumentOfCacheKey(Type type, Map<TypeVariable<?>, Type> known) {
        Class<?> raw;
        var bindings = new LinkedHashMap<TypeVariable<?>, Type>(known);
        if (type instanceof ParameterizedType parameterized) {
            raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                bindings.put(
                        raw.getTypeParameters()[i],
                        ResolvedType.resolve(arguments[i], variable -> known.getOrDefault(variable, variable)));
            }
        } else if (type instanceof Class<?> plain) {
            raw = plain;
        } else {
            return null;
        }
        if (raw == CacheKey.class) {
            Type argument = bindings.get(CacheKey.class.getTypeParameters()[0]);
            return argument == null ? null : ResolvedType.resolve(argument, ResolvedType::erase);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            Type found = argumentOfCacheKey(parent, bindings);
            if (found != null) {
                return found;
            }
        }
        Type parent = raw.getGenericSuperclass();
        return parent != null ? argumentOfCacheKey(parent, bindings) : null;
    }
}
