package dev.cacheness.sql.store;

import dev.cacheness.internal.record.Column;
import dev.cacheness.internal.record.ColumnKind;
import dev.cacheness.internal.record.Micros;
import dev.cacheness.internal.record.Names;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one database differs from the others. */
abstract class Dialect {

    /** The type of a column, as in {@code create table}. */
    abstract String type(ColumnKind kind);

    /** Whether tables have primary keys. Without, uniqueness follows from a single writer that deletes before it appends. */
    boolean hasKeys() {
        return true;
    }

    /** What stands behind {@code create table (…)}. */
    String tableOptions() {
        return "";
    }

    /** What makes a {@code select} lock the rows that it reads. */
    String forUpdate() {
        return "";
    }

    /** The time of the database in milliseconds, as an expression. Only where several processes share it. */
    String nowMillis() {
        throw new UnsupportedOperationException("One process has the database for itself");
    }

    /** Selects a column in its stored form. */
    String stored(Column column) {
        return Names.quote(column.name());
    }

    /** Binds the stored form of a value so that it compares with a column of the kind. */
    void bind(PreparedStatement statement, int index, ColumnKind kind, @Nullable Object stored) throws SQLException {
        statement.setObject(index, stored);
    }

    /** The stored form of a value as a driver with types of date and time wants it. */
    static Object typed(ColumnKind kind, Object stored) {
        return switch (kind) {
            case DATE -> LocalDate.ofEpochDay((Long) stored);
            case INSTANT -> Micros.instant((Long) stored).atOffset(ZoneOffset.UTC);
            case DATETIME -> LocalDateTime.ofInstant(Micros.instant((Long) stored), ZoneOffset.UTC);
            default -> stored;
        };
    }

    /**
     * Appends rows, all or none within the transaction.
     *
     * @param variant the variant of the rows, used if the table has variants
     */
    abstract void append(Session session, TableLayout table, List<@Nullable Object[]> rows, String variant)
            throws SQLException;

    /** Whether the same transaction may work if it is tried again. */
    abstract boolean isConflict(SQLException e);
}
