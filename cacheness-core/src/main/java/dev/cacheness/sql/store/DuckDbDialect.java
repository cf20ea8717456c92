package dev.cacheness.sql.store;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.Names;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** DuckDB: no keys, which make it slow, and the appender, since everything else is slow. */
final class DuckDbDialect extends Dialect {

    /** Fewer than the 2,048 rows of a chunk, with which the appender would flush by itself and not say how many. */
    private static final int FLUSHED_ROWS = 2_000;

    static final DuckDbDialect INSTANCE = new DuckDbDialect();

    @Override
    String type(ColumnKind kind) {
        return switch (kind) {
            case TEXT, DECIMAL -> "varchar";
            case BIGINT -> "bigint";
            case DOUBLE -> "double";
            case BOOLEAN -> "boolean";
            case BYTES -> "blob";
            case DATE -> "date";
            case INSTANT -> "timestamptz";
            case DATETIME -> "timestamp";
        };
    }

    @Override
    boolean hasKeys() {
        return false;
    }

    @Override
    String stored(Column column) {
        String name = Names.quote(column.name());
        return switch (column.kind()) {
            case DATE -> "datediff('day', date '1970-01-01', " + name + ")";
            case INSTANT, DATETIME -> "epoch_us(" + name + ")";
            default -> name;
        };
    }

    @Override
    void bind(PreparedStatement statement, int index, ColumnKind kind, @Nullable Object stored) throws SQLException {
        statement.setObject(index, stored == null ? null : typed(kind, stored));
    }

    @Override
    void append(Session session, TableLayout table, List<@Nullable Object[]> rows, String variant) throws SQLException {
        DuckDBConnection connection = session.connection().unwrap(DuckDBConnection.class);
        try (DuckDBAppender appender = connection.createAppender(table.name())) {
            long written = 0;
            int pending = 0;
            for (@Nullable Object[] row : rows) {
                appender.beginRow();
                for (int i = 0; i < row.length; i++) {
                    append(appender, table.columns().get(i).kind(), row[i]);
                }
                if (table.variants()) {
                    appender.append(variant);
                }
                appender.endRow();
                if (++pending == FLUSHED_ROWS) {
                    written += appender.flush();
                    pending = 0;
                }
            }
            // Closing would swallow the error of the last chunk, so every row is flushed and counted here.
            written += appender.flush();
            if (written != rows.size()) {
                throw new SQLException("DuckDB took " + written + " of " + rows.size() + " rows");
            }
        }
    }

    private static void append(DuckDBAppender appender, ColumnKind kind, @Nullable Object stored) throws SQLException {
        if (stored == null) {
            appender.appendNull();
            return;
        }
        switch (kind) {
            case TEXT, DECIMAL -> appender.append((String) stored);
            case BIGINT -> appender.append(((Long) stored).longValue());
            case DOUBLE -> appender.append(((Double) stored).doubleValue());
            case BOOLEAN -> appender.append(((Boolean) stored).booleanValue());
            case BYTES -> appender.append((byte[]) stored);
            case DATE -> appender.appendEpochDays(Math.toIntExact((Long) stored));
            case INSTANT, DATETIME -> appender.appendEpochMicros((Long) stored);
        }
    }

    @Override
    boolean isConflict(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("conflict");
    }
}
