package dev.cacheness.engine;

import dev.cacheness.Comparison;
import dev.cacheness.CustomConditions;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomKind;
import dev.cacheness.spi.CustomTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Checks conditions and turns them into those of backends.
 *
 * @param <Q> what they belong to
 */
abstract class ConditionBuilder<Q> implements CustomConditions<Q> {

    private static final int MAX_VALUES = 1_000;

    final CustomTable table;

    ConditionBuilder(CustomTable table) {
        this.table = table;
    }

    abstract Q with(CustomCondition condition);

    final CustomColumn column(String component) {
        return Components.column(table, component);
    }

    private CustomCondition comparison(String component, Comparison comparison, Object value) {
        CustomColumn column = column(component);
        return new CustomCondition.Compare(column, comparison, Components.stored(table, column, value));
    }

    @Override
    public Q equalTo(String component, Object value) {
        return with(comparison(component, Comparison.EQUAL, value));
    }

    @Override
    public Q notEqualTo(String component, Object value) {
        return with(comparison(component, Comparison.NOT_EQUAL, value));
    }

    @Override
    public Q lessThan(String component, Object value) {
        return with(comparison(component, Comparison.LESS, value));
    }

    @Override
    public Q atMost(String component, Object value) {
        return with(comparison(component, Comparison.AT_MOST, value));
    }

    @Override
    public Q greaterThan(String component, Object value) {
        return with(comparison(component, Comparison.GREATER, value));
    }

    @Override
    public Q atLeast(String component, Object value) {
        return with(comparison(component, Comparison.AT_LEAST, value));
    }

    @Override
    public Q between(String component, Object from, Object to) {
        return with(new CustomCondition.All(List.of(
                comparison(component, Comparison.AT_LEAST, from), comparison(component, Comparison.AT_MOST, to))));
    }

    @Override
    public Q in(String component, Collection<?> values) {
        if (values.size() > MAX_VALUES) {
            throw new IllegalArgumentException("Component '" + component + "' of the custom metadata '" + table.name()
                    + "': at most " + MAX_VALUES + " values are allowed, but got " + values.size());
        }
        CustomColumn column = column(component);
        var stored = new ArrayList<Object>(values.size());
        values.forEach(value -> stored.add(Components.stored(table, column, value)));
        return with(new CustomCondition.OneOf(column, stored));
    }

    @Override
    public Q startsWith(String component, String prefix) {
        CustomColumn column = column(component);
        if (column.kind() != CustomKind.TEXT) {
            throw new IllegalArgumentException("Component '" + component + "' of the custom metadata '" + table.name()
                    + "' is no text but " + column.kind() + ", so it begins with nothing; use between");
        }
        return with(new CustomCondition.StartsWith(column, (String) Components.stored(table, column, prefix)));
    }

    @Override
    public Q isNull(String component) {
        return with(new CustomCondition.IsNull(column(component)));
    }

    @Override
    public Q isNotNull(String component) {
        return with(new CustomCondition.Not(new CustomCondition.IsNull(column(component))));
    }

    @Override
    public Q anyOf(UnaryOperator<Group> conditions) {
        return with(new CustomCondition.Any(grouped(conditions)));
    }

    @Override
    public Q allOf(UnaryOperator<Group> conditions) {
        return with(new CustomCondition.All(grouped(conditions)));
    }

    private List<CustomCondition> grouped(UnaryOperator<Group> conditions) {
        return ((ConditionGroup) conditions.apply(new ConditionGroup(table, List.of()))).conditions();
    }

    /** Conditions that are yet to become one. */
    private static final class ConditionGroup extends ConditionBuilder<Group> implements Group {

        private final List<CustomCondition> conditions;

        ConditionGroup(CustomTable table, List<CustomCondition> conditions) {
            super(table);
            this.conditions = conditions;
        }

        @Override
        Group with(CustomCondition condition) {
            var more = new ArrayList<>(conditions);
            more.add(condition);
            return new ConditionGroup(table, more);
        }

        List<CustomCondition> conditions() {
            return conditions;
        }
    }
}
