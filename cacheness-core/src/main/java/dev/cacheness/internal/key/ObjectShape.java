package dev.cacheness.internal.key;

import dev.cacheness.KeyNamespace;
import dev.cacheness.Masked;
import java.io.Externalizable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an object of a class consists of: the components of a record, or the fields of another class and of its parents. Read once per class.
 *
 * @param name what the class is called in keys
 * @param parts sorted, so that the order of the declarations does not matter
 * @param refusal why objects of this class cannot be part of a key, null if they can
 */
record ObjectShape(String name, List<Part> parts, @Nullable String refusal) {

    private static final ClassValue<ObjectShape> SHAPES = new ClassValue<>() {
        @Override
        protected ObjectShape computeValue(Class<?> type) {
            return shapeOf(type);
        }
    };

    /**
     * One component or field.
     *
     * @param level 0 for the class itself, 1 for its parent, and so on: a parent may have a field of the same name
     * @param getter from {@code Object} to {@code Object}
     * @param masked whether it is a secret
     */
    record Part(String name, int level, MethodHandle getter, boolean masked) {

        @Nullable
        Object read(Object owner) {
            try {
                return (Object) getter.invokeExact(owner);
            } catch (RuntimeException | Error ex) {
                throw ex;
            } catch (Throwable ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    static ObjectShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** What a class is called in keys: as it is pinned, or else as it is named. */
    static String nameOf(Class<?> type) {
        KeyNamespace pinned = type.getAnnotation(KeyNamespace.class);
        return pinned != null ? pinned.value() : type.getName();
    }

    private static ObjectShape shapeOf(Class<?> type) {
        if (type.isHidden() || Proxy.isProxyClass(type) || type.getName().contains("$$")) {
            return refused(
                    type, "a class made at run time (a lambda or a proxy), which is another one after a restart");
        }
        if (isOfThePlatform(type)) {
            return refused(type, "a class of the Java platform without a canonical form");
        }
        try {
            List<Part> parts = type.isRecord() ? componentsOf(type) : fieldsOf(type);
            if (parts.isEmpty() && !type.isRecord()) {
                return refused(type, "a class without fields that count, so that its objects could not be told apart");
            }
            return new ObjectShape(nameOf(type), parts, null);
        } catch (UnreadableException ex) {
            return refused(type, ex.getMessage());
        } catch (IllegalAccessException ex) {
            return refused(
                    type, "a class that cannot be read (open its package to " + ObjectShape.class.getModule() + ")");
        }
    }

    private static ObjectShape refused(Class<?> type, @Nullable String refusal) {
        return new ObjectShape(type.getName(), List.of(), refusal);
    }

    private static boolean isOfThePlatform(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.");
    }

    private static List<Part> componentsOf(Class<?> type) throws IllegalAccessException {
        var parts = new ArrayList<Part>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.trySetAccessible();
            boolean masked = component.isAnnotationPresent(Masked.class);
            parts.add(part(component.getName(), 0, MethodHandles.lookup().unreflect(accessor), masked));
        }
        return sorted(parts);
    }

    private static List<Part> fieldsOf(Class<?> type) throws IllegalAccessException, UnreadableException {
        var parts = new ArrayList<Part>();
        int level = 0;
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (isOfThePlatform(owner)) {
                    throw new UnreadableException("a class whose parent " + owner.getName()
                            + " of the Java platform keeps state that cannot be read");
                }
                if (field.getName().contains("$$")) {
                    throw new UnreadableException(
                            "a class made at run time (a proxy), which is another one after a restart");
                }
                if (Modifier.isTransient(field.getModifiers())) {
                    refuseOwnSerialization(owner);
                } else {
                    field.trySetAccessible();
                    parts.add(
                            part(field.getName(), level, MethodHandles.lookup().unreflectGetter(field), false));
                }
            }
            level++;
        }
        return sorted(parts);
    }

    /** Then transient does not mean that the field is no part of the state: collections, for one, write theirs by hand. */
    private static void refuseOwnSerialization(Class<?> owner) throws UnreadableException {
        boolean writesItself = Externalizable.class.isAssignableFrom(owner)
                || Arrays.stream(owner.getDeclaredMethods())
                        .map(Method::getName)
                        .anyMatch(name -> name.equals("writeObject") || name.equals("writeReplace"));
        if (writesItself) {
            throw new UnreadableException("a class that serializes its transient fields by code of its own");
        }
    }

    private static Part part(String name, int level, MethodHandle getter, boolean masked) {
        return new Part(name, level, getter.asType(MethodType.methodType(Object.class, Object.class)), masked);
    }

    private static List<Part> sorted(List<Part> parts) {
        Part[] sorted = parts.toArray(Part[]::new);
        Arrays.sort(sorted, Comparator.comparingInt(Part::level).thenComparing(Part::name));
        return List.of(sorted);
    }

    /** Says why a class cannot be read. */
    private static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
