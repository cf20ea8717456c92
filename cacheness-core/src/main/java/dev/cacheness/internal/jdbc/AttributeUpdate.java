package dev.cacheness.internal.jdbc;

import dev.cacheness.internal.json.JsonText;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges changes into the attributes of a row. The session must be in a transaction. */
final class AttributeUpdate {

    private AttributeUpdate() {}

    /**
     * False if there is no row that is alive.
     *
     * @param find gives the attributes, and keeps other writers away
     */
    static boolean apply(
            String find, String digest, Instant now, Map<String, ? extends @Nullable Object> changes, Session session)
            throws SQLException {
        String text = session.first(
                find,
                statement -> {
                    statement.setString(1, digest);
                    statement.setLong(2, Millis.of(now));
                },
                row -> row.getString(1));
        if (text == null) {
            return false;
        }
        var attributes = new LinkedHashMap<String, Object>(JsonText.toValues(text));
        changes.forEach((name, value) -> {
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        session.update(EntryStatements.SET_ATTRIBUTES, statement -> {
            statement.setString(1, JsonText.of(attributes));
            statement.setString(2, digest);
        });
        return true;
    }
}
