package dev.cacheness.internal.handler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.fory.serializer.UnknownClass;
import org.jspecify.annotations.Nullable;

/** Turns what the serializer makes of objects whose classes it does not know into plain maps, lists and names of constants. For one value. */
final class ForyFields {

    private final Map<Object, Object> done = new IdentityHashMap<>();

    @Nullable
    Object plain(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object known = done.get(value);
        if (known != null) {
            return known;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof UnknownClass && value instanceof Map<?, ?> fields) {
            return fields(value, fields);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            done.put(value, plain);
            map.forEach((key, element) -> plain.put(plain(key), plain(element)));
            return plain;
        }
        if (value instanceof Collection<?> collection) {
            Collection<@Nullable Object> plain = collection instanceof Set ? new LinkedHashSet<>() : new ArrayList<>();
            done.put(value, plain);
            collection.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::plain);
        }
        if (value instanceof Object[] array && UnknownClass.class.isAssignableFrom(elementOf(array.getClass()))) {
            List<@Nullable Object> plain = new ArrayList<>();
            done.put(value, plain);
            for (Object element : array) {
                plain.add(plain(element));
            }
            return plain;
        }
        return value;
    }

    private static Class<?> elementOf(Class<?> array) {
        Class<?> element = array;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    /** The serializer puts the name of the class and a dot in front of each field. */
    private Object fields(Object value, Map<?, ?> fields) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        done.put(value, plain);
        Map<String, Integer> uses = new LinkedHashMap<>();
        fields.keySet().forEach(key -> uses.merge(simple(key), 1, Integer::sum));
        fields.forEach((key, element) -> {
            String name = simple(key);
            plain.put(uses.getOrDefault(name, 1) == 1 ? name : key.toString(), plain(element));
        });
        return plain;
    }

    private static String simple(Object key) {
        String name = key.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
