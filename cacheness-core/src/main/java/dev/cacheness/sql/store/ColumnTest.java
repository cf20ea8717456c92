package dev.cacheness.sql.store;

import dev.cacheness.internal.record.Column;
import java.util.List;

/**
 * A condition on one column.
 *
 * @param column the column
 * @param operator how it is compared
 * @param values the stored forms to compare with: one, or any number for {@code IN} and {@code NOT_IN}
 */
public record ColumnTest(Column column, Operator operator, List<Object> values) {

    public enum Operator {
        EQ("="),
        NE("<>"),
        GE(">="),
        GT(">"),
        LE("<="),
        LT("<"),
        IN("in"),
        NOT_IN("not in");

        final String sql;

        Operator(String sql) {
            this.sql = sql;
        }
    }

    public ColumnTest {
        values = List.copyOf(values);
    }
}
