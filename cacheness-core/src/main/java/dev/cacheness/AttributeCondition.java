package dev.cacheness;

import org.jspecify.annotations.Nullable;

/**
 * What an attribute must be like. An entry without the attribute never answers, not even to {@link Comparison#NOT_EQUAL}.
 *
 * <p>Equal are values of the same type only: {@code 1} is neither {@code 1.0} nor {@code "1"}. Ordered are numbers of both types among each other, and
 * texts; a number is neither smaller nor greater than a text. Booleans have no order.
 *
 * @param value a {@code String}, {@code Boolean}, {@code Long} or finite {@code Double}; null for {@link Comparison#EXISTS} and only for that
 */
public record AttributeCondition(
        String name, Comparison comparison, @Nullable Object value) {

    /** @throws IllegalArgumentException if the value does not go with the comparison */
    public AttributeCondition {
        if ((value == null) != (comparison == Comparison.EXISTS)) {
            throw new IllegalArgumentException("Attribute '" + name + "': " + comparison
                    + (value == null ? " needs a value" : " takes no value, but got " + value));
        }
        if (value instanceof Boolean && comparison.orders()) {
            throw new IllegalArgumentException("Attribute '" + name + "': " + comparison + " cannot be asked with "
                    + value + ", for booleans have no order; use EQUAL or NOT_EQUAL");
        }
    }

    /** The attribute is there with exactly this value. */
    public static AttributeCondition equal(String name, Object value) {
        return new AttributeCondition(name, Comparison.EQUAL, value);
    }
}
