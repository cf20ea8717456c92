package dev.cacheness.sql.store;

import dev.cacheness.internal.lease.LeaseSql;
import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.Micros;
import dev.cacheness.internal.record.Names;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** PostgreSQL: rows go in by {@code COPY}; texts are ordered by their bytes, as elsewhere. */
final class PostgresDialect extends Dialect {

    static final PostgresDialect INSTANCE = new PostgresDialect();

    private static final int BUFFER = 1 << 16;

    /** Serialization failure, deadlock, and what comes of two processes that make the same table at the same time. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "42P07", "23505");

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
        CopyIn copy = connection.getCopyAPI().copyIn("copy " + table.quotedName() + " (" + columns + ") from stdin");
        try {
            StringBuilder text = new StringBuilder();
            for (@Nullable Object[] row : rows) {
                line(text, table, row, variant);
                if (text.length() > BUFFER) {
                    send(copy, text);
                }
            }
            send(copy, text);
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

    private static void send(CopyIn copy, StringBuilder text) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private static void line(StringBuilder text, TableLayout table, @Nullable Object[] row, String variant) {
        for (int i = 0; i < row.length; i++) {
            text.append(i == 0 ? "" : "\t");
            field(text, table.columns().get(i).kind(), row[i]);
        }
        if (table.variants()) {
            text.append('\t');
            escape(text, variant);
        }
        text.append('\n');
    }

    private static void field(StringBuilder text, ColumnKind kind, @Nullable Object stored) {
        if (stored == null) {
            text.append("\\N");
            return;
        }
        switch (kind) {
            case TEXT -> escape(text, (String) stored);
            case DATE -> text.append(LocalDate.ofEpochDay((Long) stored));
            case INSTANT -> text.append(Micros.instant((Long) stored));
            case DATETIME -> text.append(LocalDateTime.ofInstant(Micros.instant((Long) stored), ZoneOffset.UTC));
            case BYTES -> text.append("\\\\x").append(HexFormat.of().formatHex((byte[]) stored));
            default -> text.append(stored);
        }
    }

    private static void escape(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
    }

    @Override
    boolean isConflict(SQLException e) {
        return CONFLICTS.contains(String.valueOf(e.getSQLState()));
    }
}
