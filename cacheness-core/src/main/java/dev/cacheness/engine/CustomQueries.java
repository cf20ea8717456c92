package dev.cacheness.engine;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.Comparison;
import dev.cacheness.internal.custom.KindValues;
import dev.cacheness.internal.store.EntryStore;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomOrder;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers queries by custom metadata. Thread-safe. */
final class CustomQueries {

    private final EntryStore store;

    private final CustomRecords records;

    private final InstantSource clock;

    private final Removals removals;

    private final OpenState open;

    CustomQueries(EntryStore store, CustomRecords records, InstantSource clock, Removals removals, OpenState open) {
        this.store = store;
        this.records = records;
        this.clock = clock;
        this.removals = removals;
        this.open = open;
    }

    List<CustomMatch> list(
            CustomTable table, CustomCondition condition, List<CustomOrder> orders, int offset, int limit) {
        return open.whileOpen(() -> {
            records.prepare(table);
            return store.index()
                    .customMatches(new CustomSelection(table, condition, clock.instant(), orders, offset, limit));
        });
    }

    long count(CustomTable table, CustomCondition condition) {
        return open.whileOpen(() -> {
            records.prepare(table);
            return store.index().countCustom(all(table, condition));
        });
    }

    int invalidate(CustomTable table, CustomCondition condition) {
        CustomSelection selection = all(table, condition);
        return open.whileOpen(() -> {
            try {
                records.prepare(table);
            } catch (CacheMetadataException ex) {
                // Perhaps the index does not answer; if it does, and the table is another one, that will turn out.
                removals.missed().add(selection);
                throw ex;
            }
            return removals.invalidateCustom(selection);
        });
    }

    private CustomSelection all(CustomTable table, CustomCondition condition) {
        return new CustomSelection(table, condition, clock.instant(), List.of(), 0, Integer.MAX_VALUE);
    }

    /** For tables whose records nobody here needs to know. */
    List<Map<String, @Nullable Object>> byName(String name, Map<String, ? extends @Nullable Object> equalTo) {
        CustomTable table = open.whileOpen(() -> table(name));
        var conditions = new ArrayList<CustomCondition>();
        equalTo.forEach((component, value) -> conditions.add(condition(table, component, value)));
        var selection = new CustomSelection(
                table, new CustomCondition.All(conditions), clock.instant(), List.of(), 0, Integer.MAX_VALUE);
        List<CustomMatch> matches = open.whileOpen(() -> store.index().customMatches(selection));
        return matches.stream().map(match -> mapOf(match, table)).toList();
    }

    private CustomTable table(String name) {
        List<CustomTable> tables = store.index().customTables();
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no custom metadata '"
                        + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "', only "
                        + tables.stream().map(CustomTable::name).toList()));
    }

    private static CustomCondition condition(CustomTable table, String component, @Nullable Object value) {
        CustomColumn column = Components.column(table, component);
        return value == null
                ? new CustomCondition.IsNull(column)
                : new CustomCondition.Compare(column, Comparison.EQUAL, Components.stored(table, column, value));
    }

    private static Map<String, @Nullable Object> mapOf(CustomMatch match, CustomTable table) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("digest", match.digest());
        for (int i = 0; i < table.columns().size(); i++) {
            CustomColumn column = table.columns().get(i);
            Object stored = match.values().get(i);
            map.put(column.name(), stored == null ? null : KindValues.restore(column.kind(), stored));
        }
        return map;
    }
}
