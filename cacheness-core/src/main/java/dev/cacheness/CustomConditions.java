package dev.cacheness;

import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * Conditions on the components of a {@link CustomMetadata} record, by the names of the components. A component that is null answers {@link #isNull} and
 * nothing else, so neither {@link #equalTo} nor {@link #notEqualTo}. Values are of the component's type; any whole number goes for a component of
 * another whole type, and a constant or its name for an enum.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a component that is not there, naming those that are, and for a value that the component
 * cannot have.
 *
 * @param <Q> what the conditions belong to; every method returns a new one
 */
public interface CustomConditions<Q> {

    Q equalTo(String component, Object value);

    /** A value is there, and another one. */
    Q notEqualTo(String component, Object value);

    Q lessThan(String component, Object value);

    /** Less than or equal. */
    Q atMost(String component, Object value);

    Q greaterThan(String component, Object value);

    /** Greater than or equal. */
    Q atLeast(String component, Object value);

    /** Both ends included. */
    Q between(String component, Object from, Object to);

    /** One of at most 1,000 values; none at all is a condition that no entry answers. */
    Q in(String component, Collection<?> values);

    /** The text begins with this, character by character: no character has a special meaning. For components of type {@code String} and enums. */
    Q startsWith(String component, String prefix);

    Q isNull(String component);

    Q isNotNull(String component);

    /** At least one of the conditions holds that are added to the group. An empty group is a condition that no entry answers. */
    Q anyOf(UnaryOperator<Group> conditions);

    /** All conditions hold that are added to the group. */
    Q allOf(UnaryOperator<Group> conditions);

    /** Conditions within {@link #anyOf} or {@link #allOf}. Immutable: what counts is what the function returns. */
    interface Group extends CustomConditions<Group> {}
}
