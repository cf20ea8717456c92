package dev.cacheness.sql;

import dev.cacheness.sql.store.RowQuery;
import java.util.List;

/**
 * Rows that are in the table, for SQL to run on.
 *
 * @param <T> the type of a row
 */
public final class EnsuredRows<T> {

    private final Context<T> context;

    private final RowQuery rows;

    private final Answer<?> answer;

    EnsuredRows(Context<T> context, RowQuery rows, Answer<?> answer) {
        this.context = context;
        this.rows = rows;
        this.answer = answer;
    }

    /** How much was there already. */
    public SqlCacheResult.Status status() {
        return answer.status();
    }

    /** What the source was asked for and answered. */
    public List<PartitionRange> fetched() {
        return answer.fetched();
    }

    /**
     * SQL in which <code>{rows}</code> stands for the rows of the query, as in <code>select symbol, avg(close) as average from {rows} group by
     * symbol</code>. The columns are those of the table; SQLite keeps a date as days and a moment as microseconds since 1970-01-01, the others as what
     * they are. The text runs with the rights of the cache, so it must come from the application and not from a request.
     *
     * @param parameters for the question marks, in their order
     */
    public SqlRows sql(String sql, Object... parameters) {
        return new SqlRows(context, rows, sql, List.of(parameters));
    }
}
