package dev.cacheness.sql;

/** Steps through SQL. */
final class SqlText {

    private SqlText() {}

    /** The position behind the character, or behind the whole of a quoted text. */
    static int next(String sql, int at) {
        char quote = sql.charAt(at);
        if (quote != '\'' && quote != '"') {
            return at + 1;
        }
        int end = sql.indexOf(quote, at + 1);
        return end < 0 ? sql.length() : end + 1;
    }
}
