package dev.cacheness.sql.store;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite: the stored form as it is, in tables that are their own index. */
final class SqliteDialect extends Dialect {

    static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final int BUSY = 5;

    private static final int BATCH = 1_000;

    @Override
    String type(ColumnKind kind) {
        return switch (kind) {
            case TEXT, DECIMAL -> "text";
            case BIGINT, BOOLEAN, DATE, INSTANT, DATETIME -> "integer";
            case DOUBLE -> "real";
            case BYTES -> "blob";
        };
    }

    @Override
    String tableOptions() {
        return " without rowid";
    }

    @Override
    String nowMillis() {
        return LeaseSql.sqlite("cn_lease").now();
    }

    @Override
    void append(Session session, TableLayout table, List<@Nullable Object[]> rows, String variant) throws SQLException {
        PreparedStatement insert = session.prepare(DataTable.insert(table));
        int waiting = 0;
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                refuseNaN(table.columns().get(i), row[i]);
                insert.setObject(i + 1, row[i]);
            }
            if (table.variants()) {
                insert.setString(row.length + 1, variant);
            }
            insert.addBatch();
            if (++waiting == BATCH) {
                insert.executeBatch();
                waiting = 0;
            }
        }
        if (waiting > 0) {
            insert.executeBatch();
        }
    }

    private static void refuseNaN(Column column, @Nullable Object stored) throws SQLException {
        if (stored instanceof Double number && number.isNaN()) {
            throw new SQLException("Column '" + column.name() + "' got NaN, which SQLite turns into null."
                    + " Make the column nullable and use null, or keep the table in DuckDB or PostgreSQL.");
        }
    }

    @Override
    boolean isConflict(SQLException e) {
        return (e.getErrorCode() & 0xff) == BUSY;
    }
}
