package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.internal.json.UnicodeText;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Chooses the Parquet type for a column: one that other programs understand and that keeps every value. If there is none, values are kept as text. */
final class WrittenForms {

    private static final int MAX_INT_PRECISION = 9;

    private static final int MAX_LONG_PRECISION = 18;

    private static final int MAX_PRECISION = 38;

    private WrittenForms() {}

    static ColumnForm of(Column column) {
        return ReadForms.of(fieldOf(column), column.type());
    }

    private static PrimitiveType fieldOf(Column column) {
        return switch (column.type()) {
            case BOOLEAN -> field(column, PrimitiveTypeName.BOOLEAN, null);
            case BYTE -> field(column, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true));
            case SHORT -> field(column, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true));
            case INT -> field(column, PrimitiveTypeName.INT32, null);
            case LONG -> field(column, PrimitiveTypeName.INT64, null);
            case FLOAT -> field(column, PrimitiveTypeName.FLOAT, null);
            case DOUBLE -> field(column, PrimitiveTypeName.DOUBLE, null);
            case TEXT -> text(column);
            case DECIMAL -> decimal(column);
            case UUID -> fixed(column, 16, LogicalTypeAnnotation.uuidType());
            case DATE ->
                all(column, value -> fitsInt(((LocalDate) value).toEpochDay()))
                        ? field(column, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType())
                        : text(column);
            case TIME -> field(column, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(false, TimeUnit.NANOS));
            case DATE_TIME, INSTANT -> timestamp(column);
            case BYTES -> field(column, PrimitiveTypeName.BINARY, null);
        };
    }

    private static PrimitiveType text(Column column) {
        if (column.type() == ColumnType.TEXT && !all(column, value -> UnicodeText.isWellFormed((String) value))) {
            throw new CacheSerializationException("Column '" + column.name()
                    + "' has a text with half of a surrogate pair, which UTF-8 cannot express");
        }
        return field(column, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
    }

    /** Parquet has one scale for all; values of different scales would come back as other ones. */
    private static PrimitiveType decimal(Column column) {
        int scale = -1;
        int precision = 1;
        for (int row = 0; row < column.size(); row++) {
            BigDecimal value = (BigDecimal) column.get(row);
            if (value != null) {
                if (value.scale() < 0 || (scale >= 0 && scale != value.scale())) {
                    return text(column);
                }
                scale = value.scale();
                precision = Math.max(precision, Math.max(value.precision(), scale));
            }
        }
        if (precision > MAX_PRECISION) {
            return text(column);
        }
        var annotation = LogicalTypeAnnotation.decimalType(Math.max(0, scale), precision);
        if (precision <= MAX_INT_PRECISION) {
            return field(column, PrimitiveTypeName.INT32, annotation);
        }
        return precision <= MAX_LONG_PRECISION
                ? field(column, PrimitiveTypeName.INT64, annotation)
                : fixed(column, 16, annotation);
    }

    private static PrimitiveType timestamp(Column column) {
        boolean utc = column.type() == ColumnType.INSTANT;
        TimeUnit unit = all(column, value -> nanosOf(value) % 1_000 == 0) ? TimeUnit.MICROS : TimeUnit.NANOS;
        return all(column, value -> fits(value, unit))
                ? field(column, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(utc, unit))
                : text(column);
    }

    private static int nanosOf(Object value) {
        return ((TemporalAccessor) value).get(ChronoField.NANO_OF_SECOND);
    }

    private static boolean fits(Object value, TimeUnit unit) {
        Instant instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
        try {
            Timestamps.ofInstant(instant, unit);
            return true;
        } catch (ArithmeticException ex) {
            return false;
        }
    }

    private static boolean all(Column column, Predicate<Object> condition) {
        for (int row = 0; row < column.size(); row++) {
            Object value = column.get(row);
            if (value != null && !condition.test(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fitsInt(long value) {
        return value == (int) value;
    }

    private static PrimitiveType field(
            Column column, PrimitiveTypeName primitive, @Nullable LogicalTypeAnnotation annotation) {
        return Types.primitive(primitive, repetition(column)).as(annotation).named(column.name());
    }

    private static PrimitiveType fixed(Column column, int length, LogicalTypeAnnotation annotation) {
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition(column))
                .length(length)
                .as(Objects.requireNonNull(annotation))
                .named(column.name());
    }

    private static Repetition repetition(Column column) {
        return column.hasNulls() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }
}
