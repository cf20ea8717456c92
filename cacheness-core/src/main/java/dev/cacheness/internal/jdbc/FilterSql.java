package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;
import dev.cacheness.spi.EntryFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A filter as a condition. The text depends on which conditions there are and never on what they are about: all that was given is a parameter. */
final class FilterSql {

    private final List<String> conditions = new ArrayList<>();

    private final List<Object> parameters = new ArrayList<>();

    private final Dialect dialect;

    FilterSql(EntryFilter filter, Dialect dialect) {
        this.dialect = dialect;
        if (filter.namespace() != null) {
            add("namespace = ?", filter.namespace());
        }
        if (!filter.digestPrefix().isEmpty()) {
            add(dialect.digestBeginsWith(), filter.digestPrefix(), filter.digestPrefix());
        }
        if (filter.aliveAt() != null) {
            add("(expires_at is null or expires_at > ?)", Millis.of(filter.aliveAt()));
        }
        filter.attributes()
                .forEach((name, value) ->
                        add(dialect.attributeIs(), dialect.nameOfAttribute(name), JsonText.ofValue(value)));
        filter.tags().forEach(tag -> add(dialect.hasTag(), tag));
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
