package dev.cacheness.internal.record;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from any result by the names of its columns, taking values as the database happens to deliver them.
 *
 * @param <R> the record
 */
public final class LooseRecords<R> {

    private final RecordShape<R> shape;

    private LooseRecords(RecordShape<R> shape) {
        this.shape = shape;
    }

    public static <R> LooseRecords<R> of(Class<R> type) {
        return new LooseRecords<>(RecordShape.of(type));
    }

    /** The record of the row that the result stands on. */
    public R read(ResultSet row) throws SQLException {
        List<Column> columns = shape.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            Object raw = row.getObject(column.name());
            if (raw == null && !column.nullable()) {
                throw new SQLException("Column '" + column.name() + "' is null, but "
                        + shape.type().getSimpleName() + "." + column.property() + " is not nullable");
            }
            values[i] = raw == null ? null : convert(column, raw);
        }
        return shape.create(values);
    }

    private static @Nullable Object convert(Column column, Object raw) throws SQLException {
        try {
            return column.restore(
                    switch (column.kind()) {
                        case TEXT, DECIMAL -> raw.toString();
                        case BIGINT -> new BigDecimal(raw.toString()).longValueExact();
                        case DOUBLE -> Double.valueOf(raw.toString());
                        case BOOLEAN -> raw instanceof Number number ? number.intValue() != 0 : (Boolean) raw;
                        case BYTES -> raw;
                        case DATE ->
                            raw instanceof Number number
                                    ? number.longValue()
                                    : date(raw).toEpochDay();
                        case INSTANT -> raw instanceof Number number ? number.longValue() : Micros.of(instant(raw));
                        case DATETIME ->
                            raw instanceof Number number
                                    ? number.longValue()
                                    : Micros.of(dateTime(raw).toInstant(ZoneOffset.UTC));
                    });
        } catch (ClassCastException | ArithmeticException | NumberFormatException e) {
            throw new SQLException(
                    "Column '" + column.name() + "' is " + raw + ", which is no "
                            + column.type().getSimpleName(),
                    e);
        }
    }

    private static LocalDate date(Object raw) {
        if (raw instanceof Date date) {
            return date.toLocalDate();
        }
        return raw instanceof LocalDateTime time ? time.toLocalDate() : (LocalDate) raw;
    }

    private static Instant instant(Object raw) {
        return raw instanceof Timestamp time ? time.toInstant() : ((OffsetDateTime) raw).toInstant();
    }

    private static LocalDateTime dateTime(Object raw) {
        return raw instanceof Timestamp time ? time.toLocalDateTime() : (LocalDateTime) raw;
    }
}
