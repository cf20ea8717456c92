package dev.cacheness.engine;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.Upcaster;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the application knows of values that were stored in former shapes. Thread-safe. */
final class Upcasters {

    private final Map<String, Upcaster<?>> byFormerType = new HashMap<>();

    /** @throws CacheConfigurationException if there are two for one former type */
    Upcasters(List<Upcaster<?>> upcasters) {
        for (Upcaster<?> upcaster : upcasters) {
            if (byFormerType.put(upcaster.formerType(), upcaster) != null) {
                throw new CacheConfigurationException(
                        "upcaster of " + upcaster.formerType(),
                        null,
                        "There are two for that former type.",
                        "Make one of them, which looks at the fields to tell the former shapes apart.");
            }
        }
    }

    boolean isEmpty() {
        return byFormerType.isEmpty();
    }

    boolean knows(String formerType) {
        return byFormerType.containsKey(formerType);
    }

    /**
     * A value of the declared type.
     *
     * @param fields as a {@link dev.cacheness.spi.FieldReader} gives them
     * @return empty if nothing is known about the value
     */
    Optional<Object> upcast(String formerType, Type declared, Object fields) {
        Upcaster<?> upcaster = byFormerType.get(formerType);
        if (upcaster != null && fields instanceof Map<?, ?> map) {
            return Optional.of(apply(upcaster, map));
        }
        Upcaster<?> ofElements = fields instanceof List ? forElementsOf(declared) : null;
        if (ofElements != null
                && fields instanceof List<?> list
                && list.stream().allMatch(Map.class::isInstance)) {
            List<Object> values = new ArrayList<>();
            list.forEach(element -> values.add(apply(ofElements, (Map<?, ?>) element)));
            return Optional.of(values);
        }
        return Optional.empty();
    }

    /** The one for the elements of a declared list; elements do not tell what they were. */
    private @Nullable Upcaster<?> forElementsOf(Type declared) {
        if (!(declared instanceof ParameterizedType list)
                || !ValueTypes.rawClassOf(list).isAssignableFrom(List.class)) {
            return null;
        }
        List<Upcaster<?>> candidates = byFormerType.values().stream()
                .filter(upcaster -> upcaster.type() == list.getActualTypeArguments()[0])
                .<Upcaster<?>>map(upcaster -> upcaster)
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    @SuppressWarnings("unchecked")
    private static Object apply(Upcaster<?> upcaster, Map<?, ?> fields) {
        return upcaster.function().apply((Map<String, @Nullable Object>) fields);
    }
}
