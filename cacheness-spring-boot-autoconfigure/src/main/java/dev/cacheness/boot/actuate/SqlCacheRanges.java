package dev.cacheness.boot.actuate;

import dev.cacheness.sql.SqlQuery;

/** Reads which partition a request means. */
final class SqlCacheRanges {

    private SqlCacheRanges() {}

    /** @throws IllegalArgumentException if the text is not {@code column=value,column=value}, or a column or value does not fit */
    static SqlQuery<?> where(SqlQuery<?> all, @org.jspecify.annotations.Nullable String partition) {
        SqlQuery<?> query = all;
        if (partition != null) {
            for (String part : partition.split(",")) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "The partition must be like column=value,column=value, but is '" + partition + "'");
                }
                query = eq(query, part.substring(0, equals).strip(), part.substring(equals + 1));
            }
        }
        return query;
    }

    /** Columns of numbers take no text. */
    private static SqlQuery<?> eq(SqlQuery<?> query, String column, String value) {
        try {
            return query.eq(column, value);
        } catch (IllegalArgumentException ex) {
            if (value.matches("-?\\d{1,18}")) {
                return query.eq(column, Long.valueOf(value));
            }
            throw ex;
        }
    }
}
