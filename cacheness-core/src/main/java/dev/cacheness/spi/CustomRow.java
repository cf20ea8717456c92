package dev.cacheness.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of custom metadata.
 *
 * @param values the values of the table's columns, in their order and in the form of their {@link CustomKind}
 */
public record CustomRow(CustomTable table, List<@Nullable Object> values) {

    public CustomRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
