package dev.cacheness.spi;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of a class out of what was stored when the class was another one: before a field was renamed or got another type, or under another name.
 * Without one such values are misses with the reason {@code type-changed}. Asked whenever the class of a stored value is not as it was, even if the value
 * could be read with defaults. The entry itself stays as it is.
 *
 * <pre>{@code
 * Upcaster.of("com.example.Price", Price.class, fields -> new Price(
 *         (String) fields.get("symbol"), BigDecimal.valueOf((double) fields.get("close"))));
 * }</pre>
 *
 * @param formerType the name of the class when the value was stored, as {@link Class#getName} gives it
 * @param type the class now
 * @param function makes the value of the former fields, by their names; an object in them is a map likewise, an array of objects is a list, a constant of
 *     an enum is its name. Of two fields
 *     of one name, one in a superclass, each has the name of its class and a dot in front. What it throws is a miss with the reason {@code type-changed}.
 */
public record Upcaster<T>(
        String formerType, Class<T> type, Function<Map<String, @Nullable Object>, ? extends T> function) {

    public Upcaster {
        Objects.requireNonNull(formerType, "formerType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(function, "function");
    }

    /** As the constructor. */
    public static <T> Upcaster<T> of(
            String formerType, Class<T> type, Function<Map<String, @Nullable Object>, ? extends T> function) {
        return new Upcaster<>(formerType, type, function);
    }
}
