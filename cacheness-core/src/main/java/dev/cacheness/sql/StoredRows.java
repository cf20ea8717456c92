package dev.cacheness.sql;

import dev.cacheness.sql.store.TableLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Helps with rows in their stored form. */
final class StoredRows {

    private StoredRows() {}

    /** The order of the table's key. */
    static Comparator<StoredRow> byKey(TableLayout layout) {
        int[] key = layout.key().stream().mapToInt(Integer::intValue).toArray();
        return (a, b) -> {
            for (int position : key) {
                int order = compare(a.values()[position], b.values()[position]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    /** The values at some positions, none of which is nullable. */
    static List<Object> values(StoredRow row, List<Integer> positions) {
        List<Object> values = new ArrayList<>(positions.size());
        for (int position : positions) {
            Object value = row.values()[position];
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Compares values of one column; what is null comes first. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        return ((Comparable) a).compareTo(b);
    }
}
