package dev.cacheness.internal.metadata;

import dev.cacheness.AttributeCondition;
import dev.cacheness.Comparison;
import java.math.BigDecimal;
import java.util.Map;

/** Whether attributes are as a condition wants them. */
final class AttributeMatch {

    private AttributeMatch() {}

    static boolean holds(AttributeCondition condition, Map<String, Object> attributes) {
        Object actual = attributes.get(condition.name());
        Object wanted = condition.value();
        if (actual == null || wanted == null) {
            return actual != null && condition.comparison() == Comparison.EXISTS;
        }
        if (!condition.comparison().orders()) {
            return actual.equals(wanted) == (condition.comparison() == Comparison.EQUAL);
        }
        if (actual instanceof String some && wanted instanceof String other) {
            return Orders.holds(condition.comparison(), Orders.compareTexts(some, other));
        }
        return actual instanceof Number some
                && wanted instanceof Number other
                && Orders.holds(condition.comparison(), exact(some).compareTo(exact(other)));
    }

    /** Not every {@code long} is a {@code double}. */
    private static BigDecimal exact(Number number) {
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }
}
