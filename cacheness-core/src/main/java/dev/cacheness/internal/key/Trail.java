package dev.cacheness.internal.key;

import dev.cacheness.CacheSerializationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a key the encoding has got to, so that a complaint can name the place: {@code filter.range[3].owner}. */
final class Trail {

    private static final int MAX_STEP_LENGTH = 80;

    private final String whole;
    private final String part;
    private final List<Object> steps = new ArrayList<>();

    private Trail(String whole, String part) {
        this.whole = whole;
        this.part = part;
    }

    static Trail ofKey(String namespace) {
        String key = namespace.isEmpty() ? "key" : "key '" + ReadableText.of(namespace, MAX_STEP_LENGTH) + "'";
        return new Trail("The " + key, "Parameter '%s' of the " + key.replace("%", "%%"));
    }

    static Trail ofContent() {
        return new Trail("The value", "Part '%s' of the value");
    }

    /** @param step the name of a parameter, component or field, the index of an element, or a {@link MapKey} */
    void enter(Object step) {
        steps.add(step);
    }

    void leave() {
        steps.remove(steps.size() - 1);
    }

    /** @param problem what is wrong, to be read on from "Parameter 'a.b' of the key 'models' " */
    CacheSerializationException problem(String problem, @Nullable Throwable cause) {
        String place = steps.isEmpty() ? whole : part.formatted(this);
        return new CacheSerializationException(place + " " + problem, cause);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof String name) {
                text.append(text.isEmpty() ? "" : ".").append(ReadableText.of(name, MAX_STEP_LENGTH));
            } else {
                text.append('[').append(step).append(']');
            }
        }
        return text.toString();
    }

    /** The step to a value of a map. Keys other than text and numbers are shown by their class only. */
    record MapKey(@Nullable Object key) {

        @Override
        public String toString() {
            if (key instanceof String || key instanceof Number || key instanceof Enum<?>) {
                return ReadableText.of(key.toString(), MAX_STEP_LENGTH);
            }
            return key == null ? "null" : key.getClass().getSimpleName();
        }
    }
}
