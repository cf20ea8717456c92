package dev.cacheness.internal.metadata;

import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomKind;
import dev.cacheness.spi.CustomTable;
import dev.cacheness.spi.EntryAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes as JSON objects and back: the first name says what kind it is. */
final class JournalChanges {

    private JournalChanges() {}

    static Map<String, Object> toJson(Change change) {
        var json = new LinkedHashMap<String, Object>();
        if (change instanceof Change.Put put) {
            json.put("put", JournalRows.toJson(put.entry()));
            if (!put.custom().isEmpty()) {
                json.put("custom", put.custom());
            }
        } else if (change instanceof Change.Table table) {
            json.put("table", table.table().name());
            json.put(
                    "columns",
                    table.table().columns().stream().map(JournalChanges::toJson).toList());
        } else if (change instanceof Change.Expiry expiry) {
            json.put("expiry", expiry.digest());
            if (expiry.expiresAt() != null) {
                json.put("at", expiry.expiresAt().toString());
            }
        } else if (change instanceof Change.Accesses accesses) {
            json.put(
                    "accesses",
                    accesses.accesses().stream()
                            .map(access -> List.of(
                                    access.digest(),
                                    access.hits(),
                                    access.lastAccess().toString()))
                            .toList());
        } else if (change instanceof Change.Removal removal) {
            json.put("remove", removal.digests());
            json.put("invalidated", removal.invalidated());
        } else if (change instanceof Change.Counts counts) {
            json.put("invalidations", counts.invalidations());
        }
        return json;
    }

    /** @throws RuntimeException if it is no change */
    static Change toChange(Map<String, Object> json) {
        if (json.get("put") instanceof Map<?, ?> row) {
            return new Change.Put(JournalRows.toEntry(row), toCustom(json.get("custom")));
        }
        if (json.get("table") instanceof String name) {
            return new Change.Table(new CustomTable(
                    name,
                    ((List<?>) Objects.requireNonNull(json.get("columns")))
                            .stream().map(JournalChanges::toColumn).toList()));
        }
        if (json.get("expiry") instanceof String digest) {
            return new Change.Expiry(digest, JournalRows.time(json.get("at")));
        }
        if (json.get("accesses") instanceof List<?> accesses) {
            return new Change.Accesses(
                    accesses.stream().map(JournalChanges::toAccess).toList());
        }
        if (json.get("remove") instanceof List<?> digests) {
            return new Change.Removal(
                    digests.stream().map(String.class::cast).toList(),
                    numbers(json.get("invalidated")).stream()
                            .map(Long::intValue)
                            .toList());
        }
        List<Long> counts = numbers(json.get("invalidations"));
        if (counts.size() != IndexState.STRIPES) {
            throw new IllegalArgumentException("Not a change: " + json.keySet());
        }
        return new Change.Counts(counts);
    }

    private static Map<String, Object> toJson(CustomColumn column) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", column.name());
        json.put("kind", column.kind().name());
        if (column.unique()) {
            json.put("unique", true);
        }
        return json;
    }

    private static CustomColumn toColumn(Object json) {
        Map<?, ?> column = (Map<?, ?>) json;
        return new CustomColumn(
                (String) Objects.requireNonNull(column.get("name")),
                CustomKind.valueOf((String) Objects.requireNonNull(column.get("kind"))),
                false,
                Boolean.TRUE.equals(column.get("unique")));
    }

    private static Map<String, Map<String, Object>> toCustom(@Nullable Object json) {
        if (json == null) {
            return Map.of();
        }
        var rows = new LinkedHashMap<String, Map<String, Object>>();
        ((Map<?, ?>) json).forEach((table, values) -> {
            var row = new HashMap<String, Object>();
            ((Map<?, ?>) values).forEach((column, value) -> row.put((String) column, value));
            rows.put((String) table, row);
        });
        return rows;
    }

    private static EntryAccess toAccess(Object access) {
        List<?> parts = (List<?>) access;
        return new EntryAccess((String) parts.get(0), (Long) parts.get(1), Instant.parse((String) parts.get(2)));
    }

    private static List<Long> numbers(@Nullable Object json) {
        List<Long> numbers = new ArrayList<>();
        for (Object number : (List<?>) Objects.requireNonNullElse(json, List.of())) {
            numbers.add((Long) number);
        }
        return numbers;
    }
}
