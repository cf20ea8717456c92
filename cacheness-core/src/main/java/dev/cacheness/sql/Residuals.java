package dev.cacheness.sql;

import dev.cacheness.sql.store.ColumnTest;
import dev.cacheness.sql.store.TableLayout;

/** Conditions on rows that are not in the table. As in SQL, nothing holds of null. */
final class Residuals {

    private Residuals() {}

    static boolean holds(TableLayout layout, ColumnTest test, StoredRow row) {
        Object value = row.values()[layout.columns().indexOf(test.column())];
        if (value == null) {
            return false;
        }
        return switch (test.operator()) {
            case IN -> test.values().contains(value);
            case NOT_IN -> !test.values().contains(value);
            case EQ -> compare(value, test) == 0;
            case NE -> compare(value, test) != 0;
            case GE -> compare(value, test) >= 0;
            case GT -> compare(value, test) > 0;
            case LE -> compare(value, test) <= 0;
            case LT -> compare(value, test) < 0;
        };
    }

    private static int compare(Object value, ColumnTest test) {
        return StoredRows.compare(value, test.values().get(0));
    }
}
