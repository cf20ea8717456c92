package dev.cacheness.internal.jdbc;

import dev.cacheness.AttributeCondition;
import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.EntryFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A filter as a condition. The text depends on which conditions there are and never on what they are about: all that was given is a parameter. */
final class FilterSql {

    private final List<String> conditions = new ArrayList<>();

    private final List<Object> parameters = new ArrayList<>();

    private final Dialect dialect;

    FilterSql(EntryFilter given, Dialect dialect) {
        this.dialect = dialect;
        EntryFilter filter = dialect.encode(given);
        if (filter.namespace() != null) {
            add("namespace = ?", filter.namespace());
        }
        if (!filter.digestPrefix().isEmpty()) {
            add(dialect.digestBeginsWith(), filter.digestPrefix(), filter.digestPrefix());
        }
        if (filter.aliveAt() != null) {
            add("(expires_at is null or expires_at > ?)", Millis.of(filter.aliveAt()));
        }
        filter.attributes().forEach(this::addAttribute);
        filter.tags().forEach(tag -> add(dialect.hasTag(), tag));
    }

    /** Whether a value is the very bound is told by its text: a database may read a number a little differently from how it was written. */
    private void addAttribute(AttributeCondition condition) {
        String name = dialect.nameOfAttribute(condition.name());
        Object value = condition.value();
        if (value == null) {
            add(dialect.attribute() + " is not null", name);
            return;
        }
        String json = JsonText.ofValue(value);
        String is = dialect.attribute() + " = ?";
        String isNot = dialect.attribute() + " <> ?";
        switch (condition.comparison()) {
            case NOT_EQUAL -> add(isNot, name, json);
            case LESS -> add(ordered("<", value) + " and " + isNot, name, name, bound(value), name, json);
            case GREATER -> add(ordered(">", value) + " and " + isNot, name, name, bound(value), name, json);
            case AT_MOST -> add("(" + ordered("<=", value) + " or " + is + ")", name, name, bound(value), name, json);
            case AT_LEAST -> add("(" + ordered(">=", value) + " or " + is + ")", name, name, bound(value), name, json);
            default -> {
                String indexed = dialect.mayHaveAttributes();
                if (indexed != null) {
                    add(indexed, JsonText.ofObject(Map.of(condition.name(), value)));
                }
                add(is, name, json);
            }
        }
    }

    private String ordered(String operator, Object value) {
        return value instanceof String ? dialect.textOrdered(operator) : dialect.numberOrdered(operator);
    }

    private Object bound(Object value) {
        return value instanceof String ? value : dialect.numberBound(value);
    }

    private void add(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }

    String condition() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    /** Binds what was given, from the first parameter on. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    /** Binds what was given, and numbers after it. */
    Session.Parameters followedBy(int... numbers) {
        return statement -> {
            bind(statement);
            for (int i = 0; i < numbers.length; i++) {
                statement.setInt(parameters.size() + i + 1, numbers[i]);
            }
        };
    }
}
