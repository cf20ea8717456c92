package dev.cacheness.internal.metadata;

import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions and orders on rows of custom metadata, whose values are known by the names of their columns. */
final class CustomMatcher {

    private CustomMatcher() {}

    static boolean holds(CustomCondition condition, Map<String, Object> row) {
        if (condition instanceof CustomCondition.Compare compare) {
            Object actual = row.get(compare.column().name());
            return actual != null && Orders.holds(compare.comparison(), compare(actual, compare.value()));
        }
        if (condition instanceof CustomCondition.OneOf oneOf) {
            Object actual = row.get(oneOf.column().name());
            return actual != null && oneOf.values().contains(actual);
        }
        if (condition instanceof CustomCondition.StartsWith starts) {
            Object actual = row.get(starts.column().name());
            return actual instanceof String text && text.startsWith(starts.prefix());
        }
        if (condition instanceof CustomCondition.IsNull isNull) {
            return row.get(isNull.column().name()) == null;
        }
        if (condition instanceof CustomCondition.Not not) {
            return !holds(not.condition(), row);
        }
        if (condition instanceof CustomCondition.All all) {
            return all.conditions().stream().allMatch(part -> holds(part, row));
        }
        return ((CustomCondition.Any) condition).conditions().stream().anyMatch(part -> holds(part, row));
    }

    /** Null for no orders. */
    static @Nullable Comparator<Map<String, Object>> comparator(List<CustomOrder> orders) {
        Comparator<Map<String, Object>> all = null;
        for (CustomOrder order : orders) {
            Comparator<Map<String, Object>> one = comparator(order.column());
            one = order.descending() ? one.reversed() : one;
            all = all == null ? one : all.thenComparing(one);
        }
        return all;
    }

    private static Comparator<Map<String, Object>> comparator(CustomColumn column) {
        return (some, other) -> {
            Object a = some.get(column.name());
            Object b = other.get(column.name());
            if (a == null || b == null) {
                return Boolean.compare(a != null, b != null);
            }
            return compare(a, b);
        };
    }

    private static int compare(Object some, Object other) {
        if (some instanceof String text) {
            return Orders.compareTexts(text, (String) other);
        }
        return some instanceof Double number
                ? Double.compare(number, (Double) other)
                : Long.compare((Long) some, (Long) other);
    }
}
