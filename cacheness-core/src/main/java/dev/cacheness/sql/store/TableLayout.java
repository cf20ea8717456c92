package dev.cacheness.sql.store;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that rows are kept in.
 *
 * @param name the table's name
 * @param columns all columns, in the order of stored rows
 * @param partition positions of the partition columns, sorted by name
 * @param range position of the range column, -1 if there is none
 * @param rowKeys positions of further key columns
 * @param variants whether rows belong to variants, kept in a hidden column
 */
public record TableLayout(
        String name,
        List<Column> columns,
        List<Integer> partition,
        int range,
        List<Integer> rowKeys,
        boolean variants) {

    /** The hidden column that tells variants apart. */
    public static final String VARIANT = "cn_variant";

    public TableLayout {
        Names.check(name);
        columns = List.copyOf(columns);
        partition = List.copyOf(partition);
        rowKeys = List.copyOf(rowKeys);
    }

    /** Positions of all key columns, in the order of the key. */
    public List<Integer> key() {
        List<Integer> key = new ArrayList<>(partition);
        if (range >= 0) {
            key.add(range);
        }
        key.addAll(rowKeys);
        return key;
    }

    /** The range column, null if there is none. */
    public @Nullable Column rangeColumn() {
        return range < 0 ? null : columns.get(range);
    }

    /** The column of a name or property, null if there is none. */
    public @Nullable Column column(String name) {
        for (Column column : columns) {
            if (column.name().equals(name) || column.property().equals(name)) {
                return column;
            }
        }
        return null;
    }

    String quotedName() {
        return Names.quote(name);
    }
}
