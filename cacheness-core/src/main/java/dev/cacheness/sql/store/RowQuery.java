package dev.cacheness.sql.store;

import java.util.List;

/**
 * Which rows to read.
 *
 * @param tests conditions, all of which hold
 * @param variant the variant, empty if the table has none
 * @param limit the most rows, {@link Long#MAX_VALUE} for all
 */
public record RowQuery(List<ColumnTest> tests, String variant, long limit) {

    public RowQuery {
        tests = List.copyOf(tests);
    }
}
