package dev.cacheness.internal.key;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters as people are shown them. Not for telling keys apart. */
final class ParameterText {

    private static final int MAX_LENGTH = 200;

    private static final String MASK = "******";

    private ParameterText() {}

    static Map<String, String> describe(Map<String, ? extends @Nullable Object> parameters, Set<String> masked) {
        var texts = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> texts.put(
                ReadableText.of(name, MAX_LENGTH),
                masked.contains(name) || SecretNames.contain(name) ? MASK : textOf(value)));
        return texts;
    }

    private static String textOf(@Nullable Object value) {
        var text = new ReadableText(MAX_LENGTH);
        try {
            write(value, text);
            return text.toString();
        } catch (RuntimeException ex) {
            // A value that cannot say what it is must not keep the entry from being stored.
            return value == null ? "null" : ReadableText.of(value.getClass().getTypeName(), MAX_LENGTH);
        }
    }

    /** Each level writes something before it goes deeper, so that the length bounds the depth, too. */
    private static void write(@Nullable Object value, ReadableText text) {
        if (text.isFull()) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            writeMap(map, text);
        } else if (value instanceof Collection<?> values) {
            writeAll(values, text);
        } else if (value instanceof Object[] array) {
            writeAll(Arrays.asList(array), text);
        } else if (value instanceof Record) {
            writeRecord(value, text);
        } else if (value instanceof Optional<?> optional) {
            text.append("Optional");
            writeAll(optional.stream().toList(), text);
        } else {
            text.append(plain(value));
        }
    }

    private static void writeMap(Map<?, ?> map, ReadableText text) {
        text.append("{");
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            write(entry.getKey(), text);
            text.append("=");
            writeNamed(String.valueOf(entry.getKey()), entry.getValue(), text);
            if (text.isFull()) {
                return;
            }
            separator = ", ";
        }
        text.append("}");
    }

    private static void writeAll(Collection<?> values, ReadableText text) {
        text.append("[");
        String separator = "";
        for (Object value : values) {
            text.append(separator);
            write(value, text);
            if (text.isFull()) {
                return;
            }
            separator = ", ";
        }
        text.append("]");
    }

    private static void writeRecord(Object value, ReadableText text) {
        text.append(value.getClass().getSimpleName()).append("[");
        String separator = "";
        for (ObjectShape.Part part : ObjectShape.of(value.getClass()).parts()) {
            text.append(separator).append(part.name()).append("=");
            if (part.masked()) {
                text.append(MASK);
            } else {
                writeNamed(part.name(), part.read(value), text);
            }
            separator = ", ";
        }
        text.append("]");
    }

    private static void writeNamed(String name, @Nullable Object value, ReadableText text) {
        if (SecretNames.contain(name)) {
            text.append(MASK);
        } else {
            write(value, text);
        }
    }

    private static String plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Enum<?>) {
            return String.valueOf(value);
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return type.getComponentType() + "[" + Array.getLength(value) + "]";
        }
        return saysWhatItIs(type) ? value.toString() : type.getName();
    }

    private static boolean saysWhatItIs(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException ex) {
            return false;
        }
    }
}
