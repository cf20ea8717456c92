package dev.cacheness.engine;

import dev.cacheness.internal.custom.KindValues;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomTable;
import java.util.Objects;

/** Components and values as queries name them. */
final class Components {

    private Components() {}

    static CustomColumn column(CustomTable table, String component) {
        return table.column(component)
                .orElseThrow(() -> new IllegalArgumentException("The custom metadata '" + table.name()
                        + "' has no component '"
                        + (component.length() > 80 ? component.substring(0, 80) + "…" : component) + "', only "
                        + table.columnNames()));
    }

    static Object stored(CustomTable table, CustomColumn column, Object value) {
        try {
            return KindValues.store(column.kind(), Objects.requireNonNull(value, column.name()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Component '" + column.name() + "' of the custom metadata '" + table.name() + "': "
                            + e.getMessage(),
                    e);
        }
    }
}
