package dev.cacheness.spi;

import dev.cacheness.Comparison;
import java.util.List;

/** What the custom metadata of an entry must be like. Values are in the form of their column's {@link CustomKind}, and never null. */
public sealed interface CustomCondition {

    /** The column is not null and compares like this. */
    record Compare(CustomColumn column, Comparison comparison, Object value) implements CustomCondition {}

    /** The column has one of these values; never true if there are none. */
    record OneOf(CustomColumn column, List<Object> values) implements CustomCondition {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** The column, a text, begins with this, character by character. */
    record StartsWith(CustomColumn column, String prefix) implements CustomCondition {}

    /** The column is null. */
    record IsNull(CustomColumn column) implements CustomCondition {}

    /** The other condition does not hold; for {@link IsNull} only, since a column that is null answers nothing else either way. */
    record Not(IsNull condition) implements CustomCondition {}

    /** All of these hold; true if there are none. */
    record All(List<CustomCondition> conditions) implements CustomCondition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one of these holds; never true if there are none. */
    record Any(List<CustomCondition> conditions) implements CustomCondition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }
}
