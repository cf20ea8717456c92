package dev.cacheness.internal.metadata;

import dev.cacheness.CacheMetadataException;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one table of custom metadata by the digests of their entries. A value that is null is not in its row. */
final class MemoryCustomTable {

    private final String name;

    private final Map<String, CustomColumn> columns = new LinkedHashMap<>();

    private final Map<String, Map<String, Object>> rows = new HashMap<>();

    /** Of each column that is unique, the entry that has a value. */
    private final Map<String, Map<Object, String>> holders = new HashMap<>();

    MemoryCustomTable(String name) {
        this.name = name;
    }

    CustomTable definition() {
        return new CustomTable(name, List.copyOf(columns.values()));
    }

    Collection<CustomColumn> columns() {
        return columns.values();
    }

    /** Whether there is anything to be done. */
    boolean lacks(CustomTable wanted) {
        return wanted.columns().stream().anyMatch(column -> {
            CustomColumn present = columns.get(column.name());
            return present == null || present.kind() != column.kind() || present.unique() != column.unique();
        });
    }

    /** @throws CacheMetadataException if the columns do not go with those that are there, or with their values */
    void refuseUnfit(CustomTable wanted) {
        for (CustomColumn column : wanted.columns()) {
            CustomColumn present = columns.get(column.name());
            if (present != null && present.kind() != column.kind()) {
                throw new CacheMetadataException("Column '" + column.name() + "' of the custom metadata '" + name
                        + "' is " + present.kind() + ", but the record wants " + column.kind()
                        + ". Give the component its former type, or another name.");
            }
            if (column.unique() && holdersOf(column.name()).size() < values(column.name())) {
                throw new CacheMetadataException(
                        "Component '" + column.name() + "' of the custom metadata '" + name
                                + "' is to be unique, but entries that are there have equal values. Invalidate them, or take @Unique away.");
            }
        }
    }

    void define(CustomTable wanted) {
        for (CustomColumn column : wanted.columns()) {
            columns.put(column.name(), column);
            if (column.unique()) {
                holders.computeIfAbsent(column.name(), this::holdersOf);
            } else {
                holders.remove(column.name());
            }
        }
    }

    private long values(String column) {
        return rows.values().stream().filter(row -> row.containsKey(column)).count();
    }

    private Map<Object, String> holdersOf(String column) {
        var found = new HashMap<Object, String>();
        rows.forEach((digest, row) -> {
            Object value = row.get(column);
            if (value != null) {
                found.put(value, digest);
            }
        });
        return found;
    }

    /** The entry that has a value of a unique column, if there is one. */
    @Nullable
    String holder(String column, Object value) {
        return holders.getOrDefault(column, Map.of()).get(value);
    }

    boolean has(String digest) {
        return rows.containsKey(digest);
    }

    Map<String, Object> row(String digest) {
        return rows.getOrDefault(digest, Map.of());
    }

    /** Takes unique values from the entries that have them, and with them their rows. */
    void put(String digest, Map<String, Object> row) {
        holders.forEach((column, byValue) -> {
            Object value = row.get(column);
            String holder = value == null ? null : byValue.get(value);
            if (holder != null) {
                remove(holder);
            }
        });
        rows.put(digest, row);
        holders.forEach((column, byValue) -> {
            Object value = row.get(column);
            if (value != null) {
                byValue.put(value, digest);
            }
        });
    }

    void remove(String digest) {
        Map<String, Object> row = rows.remove(digest);
        if (row != null) {
            holders.forEach((column, byValue) -> byValue.remove(row.getOrDefault(column, ""), digest));
        }
    }
}
