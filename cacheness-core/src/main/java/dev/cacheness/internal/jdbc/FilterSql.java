package dev.cacheness.internal.jdbc;

import dev.cacheness.AttributeCondition;
import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.EntryFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A filter as a condition. The text depends on which conditions there are and never on what they are about: all that was given is a parameter. */
final class FilterSql {

    private static final String HAS_TAG = "digest in (select digest from cacheness_tag where tag = ?)";

    private final List<String> conditions = new ArrayList<>();

    private final List<Object> parameters = new ArrayList<>();

    FilterSql(EntryFilter filter) {
        if (filter.namespace() != null) {
            add("namespace = ?", filter.namespace());
        }
        if (!filter.digestPrefix().isEmpty()) {
            add(SqliteStatements.DIGEST_BEGINS_WITH, filter.digestPrefix(), filter.digestPrefix());
        }
        if (filter.aliveAt() != null) {
            add("(expires_at is null or expires_at > ?)", Millis.of(filter.aliveAt()));
        }
        filter.attributes().forEach(this::addAttribute);
        filter.tags().forEach(tag -> add(HAS_TAG, tag));
    }

    private void addAttribute(AttributeCondition condition) {
        String path = "$." + JsonText.ofValue(condition.name());
        Object value = condition.value();
        switch (condition.comparison()) {
            case EXISTS -> add(SqliteStatements.ATTRIBUTE_EXISTS, path);
            case EQUAL -> add(SqliteStatements.ATTRIBUTE_IS, path, jsonOf(value));
            case NOT_EQUAL -> add(SqliteStatements.ATTRIBUTE_IS_NOT, path, jsonOf(value));
            case LESS, GREATER ->
                add(
                        SqliteStatements.attributeOrdered(condition.comparison(), value),
                        path,
                        path,
                        Objects.requireNonNull(value),
                        path,
                        jsonOf(value));
            case AT_MOST, AT_LEAST ->
                add(
                        SqliteStatements.attributeOrdered(condition.comparison(), value),
                        path,
                        jsonOf(value),
                        path,
                        path,
                        Objects.requireNonNull(value));
        }
    }

    private static String jsonOf(@Nullable Object value) {
        return JsonText.ofValue(Objects.requireNonNull(value));
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
