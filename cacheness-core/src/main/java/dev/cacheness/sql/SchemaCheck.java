package dev.cacheness.sql;

import dev.cacheness.sql.store.Schema;
import dev.cacheness.sql.store.Schema.Made;
import dev.cacheness.sql.store.Session;
import dev.cacheness.sql.store.SqlStore;
import dev.cacheness.sql.store.TableLayout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the table, or finds out whether the one that is there will do. */
final class SchemaCheck {

    private final SqlStore store;

    private final String cache;

    private final TableDefinition<?> definition;

    private final OnSchemaChange onChange;

    private final Schema schema;

    SchemaCheck(SqlStore store, String cache, TableDefinition<?> definition, OnSchemaChange onChange) {
        this.store = store;
        this.cache = cache;
        this.definition = definition;
        this.onChange = onChange;
        this.schema = new Schema(store, cache, store.table(definition.layout()));
    }

    /** Returns the version of the table's schema; what was fetched for an earlier one does not count. */
    int check() throws SQLException {
        List<String> existing = schema.existing();
        return store.write(session -> {
            schema.createLedger(session);
            return check(session, schema.made(session), existing);
        });
    }

    private int check(Session session, @Nullable Made made, List<String> existing) throws SQLException {
        String fingerprint = String.join("\n", lines());
        if (existing.isEmpty()) {
            return create(session, made, fingerprint);
        }
        if (made != null && made.fingerprint().equals(fingerprint)) {
            return made.version();
        }
        if (onChange == OnSchemaChange.RECREATE) {
            schema.drop(session);
            return create(session, made, fingerprint);
        }
        if (made != null && onChange == OnSchemaChange.ADD_COLUMNS && onlyAdds(made)) {
            schema.rebuild(session, existing);
            Made now = new Made(fingerprint, made.version() + 1);
            schema.note(session, now);
            return now.version();
        }
        throw new SqlCacheSchemaException("Cache '" + cache + "': the table '" + definition.name() + "' "
                + (made == null
                        ? "was not made by this cache; its columns are " + existing
                        : "was made for other columns.\nFound: "
                                + made.fingerprint().replace("\n", "; "))
                + "\nExpected: " + fingerprint.replace("\n", "; ")
                + "\nName the table differently, or set on-schema-change to recreate if its rows may go.");
    }

    private int create(Session session, @Nullable Made made, String fingerprint) throws SQLException {
        store.ledger(cache).clear(session);
        Made now = new Made(fingerprint, made == null ? 1 : made.version() + 1);
        schema.create(session, now);
        return now.version();
    }

    /** One line for each column, and one for the key. */
    private List<String> lines() {
        TableLayout layout = definition.layout();
        List<String> lines = new ArrayList<>();
        layout.columns().forEach(column -> lines.add(column.toString()));
        lines.add("key " + definition.primaryKeys() + (layout.variants() ? " and variants" : ""));
        return lines;
    }

    private boolean onlyAdds(Made made) {
        List<String> old = List.of(made.fingerprint().split("\n"));
        List<String> now = lines();
        return now.containsAll(old)
                && now.stream().filter(line -> !old.contains(line)).noneMatch(line -> line.endsWith(" not null"));
    }
}
