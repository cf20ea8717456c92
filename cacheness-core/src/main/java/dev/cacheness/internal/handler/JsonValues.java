package dev.cacheness.internal.handler;

import dev.cacheness.internal.json.JsonLimits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which maps and lists JSON gives back equal, and usable by whoever holds them under a type of their own choice. */
public final class JsonValues {

    /**
     * Whether no public type but those of {@code LinkedHashMap} or {@code ArrayList}, which is what is read back, can be said of the class: a tree map
     * is not to be returned as a hash map to a caller that declares it as {@code SortedMap}.
     */
    private static final ClassValue<Boolean> REPLACEABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            Class<?> replacement = Map.class.isAssignableFrom(type) ? LinkedHashMap.class : ArrayList.class;
            return type.getName().startsWith("java.util.") && covers(replacement, type);
        }
    };

    private JsonValues() {}

    /** Whether a {@code LinkedHashMap} or an {@code ArrayList} can stand for the map or list of that class, whoever holds it. */
    public static boolean isReplaceable(Class<?> mapOrList) {
        return REPLACEABLE.get(mapOrList);
    }

    /** Whether it is a map or a list of JSON values, and reads back equal. */
    static boolean isReadable(Object value) {
        return (value instanceof Map || value instanceof List) && isJson(value, JsonLimits.DEPTH);
    }

    private static boolean isJson(Object value, int depth) {
        if (value instanceof String text) {
            return JsonLimits.isText(text);
        }
        if (value == null || value instanceof Boolean || value instanceof Integer) {
            return true;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        if (value instanceof Long number) {
            return number != number.intValue();
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() >= Long.SIZE && JsonLimits.isNumber(number);
        }
        if (depth == 0) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return REPLACEABLE.get(map.getClass()) && isJson(map, depth - 1);
        }
        return value instanceof List<?> list && REPLACEABLE.get(list.getClass()) && isJson(list, depth - 1);
    }

    private static boolean isJson(Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)
                    || !JsonLimits.isName(name)
                    || !isJson(entry.getValue(), depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJson(List<?> list, int depth) {
        for (Object element : list) {
            if (!isJson(element, depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(Class<?> replacement, Class<?> type) {
        if (java.lang.reflect.Modifier.isPublic(type.getModifiers()) && !type.isAssignableFrom(replacement)) {
            return false;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (!covers(replacement, parent)) {
                return false;
            }
        }
        return type.getSuperclass() == null || covers(replacement, type.getSuperclass());
    }
}
