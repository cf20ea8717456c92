package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.EntryFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
        filter.attributes()
                .forEach((name, value) ->
                        add(SqliteStatements.ATTRIBUTE_IS, "$." + JsonText.ofValue(name), JsonText.ofValue(value)));
        filter.tags().forEach(tag -> add(HAS_TAG, tag));
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
