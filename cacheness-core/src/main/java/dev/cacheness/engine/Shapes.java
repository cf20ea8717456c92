package dev.cacheness.engine;

import dev.cacheness.spi.NullableType;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of classes: for each application class that can be reached from a type four characters for its name, and four for the name and type of each
 * of its fields, in alphabetical order. Two of them show what happened to a class in between. Thread-safe.
 */
final class Shapes {

    private static final int MAX_CLASSES = 40;

    private static final int MAX_LENGTH = 2_000;

    private static final int MARK = 4;

    private final Map<Type, String> known = new ConcurrentHashMap<>();

    /** The fingerprint of a declared type and of the class of a value; null if there are no classes of the application, or too many. */
    @Nullable
    String of(Type declared, Class<?> valueClass) {
        String one = known.computeIfAbsent(declared, Shapes::describe);
        String other = known.computeIfAbsent(valueClass, Shapes::describe);
        String both = one.isEmpty() || one.equals(other) ? other : other.isEmpty() ? one : one + ";" + other;
        return both.isEmpty() || both.length() > MAX_LENGTH ? null : both;
    }

    /**
     * Whether a value of classes of one shape can be read into classes of the other. Fields may have been added, or taken away. If a class has both lost
     * and gained some, one was renamed or has another type now, and nobody knows what became of its value.
     */
    static boolean isReadable(String then, String now) {
        Map<String, Set<String>> former = parse(then);
        Map<String, Set<String>> present = parse(now);
        for (Map.Entry<String, Set<String>> entry : former.entrySet()) {
            Set<String> fields = present.get(entry.getKey());
            if (fields != null
                    && !fields.containsAll(entry.getValue())
                    && !entry.getValue().containsAll(fields)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the classes that are in both have the same fields. */
    static boolean isSame(String then, String now) {
        Map<String, Set<String>> present = parse(now);
        return parse(then).entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(present.getOrDefault(entry.getKey(), entry.getValue())));
    }

    private static Map<String, Set<String>> parse(String fingerprint) {
        Map<String, Set<String>> classes = new HashMap<>();
        for (String part : fingerprint.split(";")) {
            Set<String> fields = new HashSet<>();
            for (int i = MARK; i + MARK <= part.length(); i += MARK) {
                fields.add(part.substring(i, i + MARK));
            }
            classes.put(part.substring(0, Math.min(MARK, part.length())), fields);
        }
        return classes;
    }

    private static String describe(Type root) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        Deque<Type> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty() && classes.size() < MAX_CLASSES) {
            visit(open.remove(), classes, open);
        }
        Set<String> parts = new TreeSet<>();
        for (Class<?> type : classes) {
            Set<String> fields = new TreeSet<>();
            for (Field field : fieldsOf(type)) {
                fields.add(mark(field.getName() + ":" + field.getGenericType().getTypeName()));
            }
            parts.add(mark(type.getName()) + String.join("", fields));
        }
        return String.join(";", parts);
    }

    private static void visit(Type type, Set<Class<?>> classes, Deque<Type> open) {
        if (type instanceof ParameterizedType parameterized) {
            open.add(parameterized.getRawType());
            open.addAll(List.of(parameterized.getActualTypeArguments()));
        } else if (type instanceof GenericArrayType array) {
            open.add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            open.add(wildcard.getUpperBounds()[0]);
        } else if (type instanceof NullableType nullable) {
            open.add(nullable.type());
        } else if (type instanceof Class<?> plain) {
            visit(plain, classes, open);
        }
    }

    private static void visit(Class<?> type, Set<Class<?>> classes, Deque<Type> open) {
        if (type.isArray()) {
            open.add(type.getComponentType());
        } else if (type.getClassLoader() != null && !type.isEnum() && !classes.contains(type)) {
            if (type.isSealed()) {
                open.addAll(List.of(type.getPermittedSubclasses()));
            }
            if (!type.isInterface()) {
                classes.add(type);
                fieldsOf(type).forEach(field -> open.add(field.getGenericType()));
            }
        }
    }

    private static Set<Field> fieldsOf(Class<?> type) {
        Set<Field> fields = new LinkedHashSet<>();
        for (Class<?> owner = type; owner != null && owner.getClassLoader() != null; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** Three bytes of a checksum: enough to tell a change from none. */
    private static String mark(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        int value = (int) crc.getValue();
        byte[] bytes = {(byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
