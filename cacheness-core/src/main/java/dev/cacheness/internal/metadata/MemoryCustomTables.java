package dev.cacheness.internal.metadata;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
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

    private final Map<String, Table> tables = new TreeMap<>();

    private final MemoryRows entries;

    MemoryCustomTables(MemoryRows entries) {
        this.entries = entries;
    }

    void prepare(CustomTable wanted) {
        Table table = tables.computeIfAbsent(wanted.name(), name -> new Table());
        for (CustomColumn column : wanted.columns()) {
            CustomColumn former = table.columns.get(column.name());
            if (former != null && former.kind() != column.kind()) {
                throw new CacheMetadataException(
                        "Column '" + column.name() + "' of the custom metadata '" + wanted.name()
                                + "' is " + former.kind() + ", but the record wants " + column.kind()
                                + ". Give the component its former type, or another name.");
            }
        }
        wanted.columns().forEach(column -> table.columns.put(column.name(), column));
    }

    List<CustomTable> all() {
        var all = new ArrayList<CustomTable>();
        tables.forEach((name, table) -> all.add(new CustomTable(name, List.copyOf(table.columns.values()))));
        return all;
    }

    /** @throws CacheMetadataException if another entry has a value that is to be unique; nothing has changed then */
    void refuseTaken(List<CustomRow> rows, StoredEntry entry) {
        for (CustomRow row : rows) {
            List<CustomColumn> columns = row.table().columns();
            for (int i = 0; i < columns.size(); i++) {
                Object value = row.values().get(i);
                if (columns.get(i).unique() && value != null) {
                    refuseTaken(row.table().name(), columns.get(i).name(), value, entry);
                }
            }
        }
    }

    private void refuseTaken(String table, String column, Object value, StoredEntry entry) {
        table(table).rows.forEach((digest, row) -> {
            if (!digest.equals(entry.digest())
                    && value.equals(row.get(column))
                    && isAlive(digest, entry.metadata().createdAt())) {
                throw new CacheMetadataException("Component '" + column + "' of the custom metadata '" + table
                        + "' is unique, but the entry " + digest + " has '" + value
                        + "' already. Nothing was stored: use another value, or invalidate that entry.");
            }
        });
    }

    void replace(String digest, List<CustomRow> rows) {
        remove(digest);
        for (CustomRow row : rows) {
            var values = new HashMap<String, Object>();
            for (int i = 0; i < row.values().size(); i++) {
                Object value = row.values().get(i);
                if (value != null) {
                    values.put(row.table().columns().get(i).name(), value);
                }
            }
            table(row.table().name()).rows.put(digest, values);
        }
    }

    void remove(String digest) {
        tables.values().forEach(table -> table.rows.remove(digest));
    }

    List<CustomMatch> select(CustomSelection selection) {
        Comparator<Map<String, Object>> order = CustomMatcher.comparator(selection.orders());
        Comparator<StoredEntry> byDigest = Comparator.comparing(StoredEntry::digest);
        Table table = table(selection.table().name());
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
        Table table = table(selection.table().name());
        CustomCondition condition = selection.condition();
        return entries.newestFirst().stream()
                .filter(entry -> table.rows.containsKey(entry.digest()))
                .filter(entry -> !entry.metadata().isExpired(selection.aliveAt()))
                .filter(entry -> CustomMatcher.holds(condition, table.row(entry.digest())));
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

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new CacheMetadataException("There is no custom metadata '" + name + "', only " + tables.keySet());
        }
        return table;
    }

    void clear() {
        tables.clear();
    }

    private static final class Table {

        private final Map<String, CustomColumn> columns = new LinkedHashMap<>();

        private final Map<String, Map<String, Object>> rows = new HashMap<>();

        private Map<String, Object> row(String digest) {
            return rows.getOrDefault(digest, Map.of());
        }
    }
}
