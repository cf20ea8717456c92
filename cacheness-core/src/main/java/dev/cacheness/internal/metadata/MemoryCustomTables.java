package dev.cacheness.internal.metadata;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomMatch;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomSelection;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of custom metadata. Needs the lock of the owner. */
final class MemoryCustomTables {

    private final Map<String, MemoryCustomTable> tables = new TreeMap<>();

    private final MemoryRows entries;

    MemoryCustomTables(MemoryRows entries) {
        this.entries = entries;
    }

    /**
     * Whether the table has to be defined.
     *
     * @throws CacheMetadataException if it cannot be
     */
    boolean lacks(CustomTable wanted) {
        MemoryCustomTable table = tables.get(wanted.name());
        if (table == null) {
            return true;
        }
        table.refuseUnfit(wanted);
        return table.lacks(wanted);
    }

    void define(CustomTable wanted) {
        tables.computeIfAbsent(wanted.name(), MemoryCustomTable::new).define(wanted);
    }

    List<CustomTable> all() {
        return tables.values().stream().map(MemoryCustomTable::definition).toList();
    }

    /** @throws CacheMetadataException if another entry has a value that is to be unique; nothing has changed then */
    void refuseTaken(List<CustomRow> rows, StoredEntry entry) {
        for (CustomRow row : rows) {
            List<CustomColumn> columns = row.table().columns();
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.values().get(i);
                if (columns.get(i).unique() && value != null) {
                    refuseTaken(table(row.table().name()), columns.get(i).name(), value, entry);
                }
            }
        }
    }

    private void refuseTaken(MemoryCustomTable table, String column, Object value, StoredEntry entry) {
        String holder = table.holder(column, value);
        if (holder != null
                && !holder.equals(entry.digest())
                && isAlive(holder, entry.metadata().createdAt())) {
            throw new CacheMetadataException("Component '" + column + "' of the custom metadata '"
                    + table.definition().name() + "' is unique, but the entry " + holder + " has '" + value
                    + "' already. Nothing was stored: use another value, or invalidate that entry.");
        }
    }

    /** The values by table and column; what is null is left out. */
    static Map<String, Map<String, Object>> byName(List<CustomRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        var byTable = new LinkedHashMap<String, Map<String, Object>>();
        for (CustomRow row : rows) {
            var values = new HashMap<String, Object>();
            for (int i = 0; i < row.values().size(); i++) {
                Object value = row.values().get(i);
                if (value != null) {
                    values.put(row.table().columns().get(i).name(), value);
                }
            }
            byTable.put(row.table().name(), values);
        }
        return byTable;
    }

    /** The rows of an entry, as {@link #byName} gives them. */
    Map<String, Map<String, Object>> of(String digest) {
        if (tables.isEmpty()) {
            return Map.of();
        }
        var rows = new LinkedHashMap<String, Map<String, Object>>();
        tables.forEach((name, table) -> {
            if (table.has(digest)) {
                rows.put(name, table.row(digest));
            }
        });
        return rows;
    }

    void replace(String digest, Map<String, Map<String, Object>> rows) {
        remove(digest);
        rows.forEach((name, row) ->
                tables.computeIfAbsent(name, MemoryCustomTable::new).put(digest, row));
    }

    void remove(String digest) {
        if (!tables.isEmpty()) {
            tables.values().forEach(table -> table.remove(digest));
        }
    }

    List<CustomMatch> select(CustomSelection selection) {
        Comparator<Map<String, Object>> order = CustomMatcher.comparator(selection.orders());
        Comparator<StoredEntry> byDigest = Comparator.comparing(StoredEntry::digest);
        MemoryCustomTable table = table(selection.table().name());
        Stream<StoredEntry> found = matching(selection);
        if (order != null) {
            Comparator<StoredEntry> byRow = Comparator.comparing(entry -> table.row(entry.digest()), order);
            found = found.sorted(byRow.thenComparing(byDigest));
        }
        return found.skip(selection.offset())
                .limit(selection.limit())
                .map(entry -> match(entry.digest(), selection.table(), table.row(entry.digest())))
                .toList();
    }

    /** Newest first. */
    Stream<StoredEntry> matching(CustomSelection selection) {
        MemoryCustomTable table = table(selection.table().name());
        return entries.newestFirst().stream()
                .filter(entry -> table.has(entry.digest()))
                .filter(entry -> !entry.metadata().isExpired(selection.aliveAt()))
                .filter(entry -> CustomMatcher.holds(selection.condition(), table.row(entry.digest())));
    }

    private static CustomMatch match(String digest, CustomTable wanted, Map<String, Object> row) {
        var values = new ArrayList<@Nullable Object>();
        wanted.columns().forEach(column -> values.add(row.get(column.name())));
        return new CustomMatch(digest, values);
    }

    private boolean isAlive(String digest, Instant now) {
        StoredEntry entry = entries.find(digest);
        return entry != null && !entry.metadata().isExpired(now);
    }

    private MemoryCustomTable table(String name) {
        MemoryCustomTable table = tables.get(name);
        if (table == null) {
            throw new CacheMetadataException("There is no custom metadata '" + name + "', only " + tables.keySet());
        }
        return table;
    }

    void clear() {
        tables.clear();
    }
}
