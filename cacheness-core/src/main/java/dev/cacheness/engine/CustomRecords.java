package dev.cacheness.engine;

import dev.cacheness.internal.custom.RecordMapping;
import dev.cacheness.spi.CustomRow;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.MetadataBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The record classes that are custom metadata, and whether their tables are there. Thread-safe. */
final class CustomRecords {

    private final MetadataBackend index;

    private final Map<Class<?>, RecordMapping<?>> byClass = new ConcurrentHashMap<>();

    private final Map<String, RecordMapping<?>> byTable = new ConcurrentHashMap<>();

    private final Set<CustomTable> prepared = ConcurrentHashMap.newKeySet();

    CustomRecords(MetadataBackend index) {
        this.index = index;
    }

    /** @throws IllegalArgumentException if the class is no custom metadata, or its table belongs to another class */
    @SuppressWarnings("unchecked")
    <R extends Record> RecordMapping<R> mapping(Class<R> type) {
        RecordMapping<?> mapping = byClass.get(type);
        if (mapping == null) {
            mapping = RecordMapping.of(type);
            RecordMapping<?> other = byTable.putIfAbsent(mapping.table().name(), mapping);
            if (other != null && other.type() != type) {
                throw new IllegalArgumentException(
                        "Both " + other.type().getName() + " and " + type.getName() + " claim the custom metadata '"
                                + mapping.table().name() + "'. Give one of them another name.");
            }
            byClass.put(type, mapping);
        }
        return (RecordMapping<R>) mapping;
    }

    /**
     * The rows of records; of several of one class the last one.
     *
     * @throws IllegalArgumentException if a record cannot be a row
     */
    List<CustomRow> rows(List<Record> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        var rows = new LinkedHashMap<Class<?>, CustomRow>();
        for (Record record : records) {
            rows.put(record.getClass(), mapping(record.getClass()).row(record));
        }
        return new ArrayList<>(rows.values());
    }

    /** @throws dev.cacheness.CacheMetadataException if the table is another one, or cannot be made */
    void prepare(CustomTable table) {
        if (!prepared.contains(table)) {
            index.prepareCustomTable(table);
            prepared.add(table);
        }
    }
}
