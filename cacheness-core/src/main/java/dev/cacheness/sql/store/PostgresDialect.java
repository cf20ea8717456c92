package dev.cacheness.sql.store;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.Names;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL: rows go in by {@code COPY}; texts are ordered by their bytes, as elsewhere. */
final class PostgresDialect extends Dialect {

    static final PostgresDialect INSTANCE = new PostgresDialect();

    /** Serialization failure, deadlock, and what comes of two processes that make the same table at the same time. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "42P07", "42701", "23505");

    @Override
    String type(ColumnKind kind) {
        return switch (kind) {
            case TEXT -> "text collate \"C\"";
            case DECIMAL -> "numeric";
            case BIGINT -> "bigint";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case BYTES -> "bytea";
            case DATE -> "date";
            case INSTANT -> "timestamp with time zone";
            case DATETIME -> "timestamp";
        };
    }

    @Override
    String forUpdate() {
        return " for update";
    }

    @Override
    String nowMillis() {
        return LeaseSql.postgresql("cn_lease").now();
    }

    @Override
    String stored(Column column) {
        String name = Names.quote(column.name());
        return switch (column.kind()) {
            case DATE -> "(" + name + " - date '1970-01-01')";
            case INSTANT, DATETIME -> "(extract(epoch from " + name + ") * 1000000)::bigint";
            default -> name;
        };
    }

    @Override
    void bind(PreparedStatement statement, int index, ColumnKind kind, @Nullable Object stored) throws SQLException {
        if (stored == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        statement.setObject(index, kind == ColumnKind.DECIMAL ? new BigDecimal((String) stored) : typed(kind, stored));
    }

    @Override
    void append(Session session, TableLayout table, List<@Nullable Object[]> rows, String variant) throws SQLException {
        PGConnection connection = session.connection().unwrap(PGConnection.class);
        String columns = String.join(", ", DataTable.names(table));
        CopyIn copy = connection
                .getCopyAPI()
                .copyIn("copy " + table.quotedName() + " (" + columns + ") from stdin (format binary)");
        try {
            new BinaryCopy(copy, table).write(rows, variant);
            long written = copy.endCopy();
            if (written != rows.size()) {
                throw new SQLException("PostgreSQL took " + written + " of " + rows.size() + " rows");
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    boolean isConflict(SQLException e) {
        return CONFLICTS.contains(String.valueOf(e.getSQLState()));
    }
}
