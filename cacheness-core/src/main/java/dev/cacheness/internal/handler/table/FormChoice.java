package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.table.Column;
import dev.cacheness.table.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the Parquet type for a column: one that other programs understand and that keeps every value. If there is none, values are kept as text. For some
 * types that takes a look at all values.
 */
final class FormChoice {

    private static final Set<ColumnType> BY_VALUES =
            EnumSet.of(ColumnType.DECIMAL, ColumnType.DATE, ColumnType.DATE_TIME, ColumnType.INSTANT);

    private static final int MAX_INT_PRECISION = 9;

    private static final int MAX_LONG_PRECISION = 18;

    private static final int MAX_PRECISION = 38;

    private static final int NO_SCALE = -1;

    private final String name;

    private final ColumnType type;

    private final Repetition repetition;

    private boolean asText;

    private int scale = NO_SCALE;

    private int precision = 1;

    private boolean nanos;

    private @Nullable Instant first;

    private @Nullable Instant last;

    private FormChoice(Column column, Repetition repetition) {
        this.name = column.name();
        this.type = column.type();
        this.repetition = repetition;
    }

    /** For a column that is there as a whole. */
    static ColumnForm of(Column column) {
        FormChoice choice = new FormChoice(column, column.hasNulls() ? Repetition.OPTIONAL : Repetition.REQUIRED);
        choice.look(column);
        return choice.form();
    }

    /** For a column of which this is the first part. Values may be missing in others. */
    static FormChoice ofParts(Column column) {
        return new FormChoice(column, Repetition.OPTIONAL);
    }

    /** Whether the choice depends on values at all. */
    boolean needsLook() {
        return BY_VALUES.contains(type);
    }

    /**
     * Takes the values of one part into account.
     *
     * @throws CacheSerializationException if the column is another one
     */
    void look(Column column) {
        check(column);
        switch (type) {
            case DECIMAL -> each(column, value -> lookAt((BigDecimal) value));
            case DATE -> each(column, value -> lookAt((LocalDate) value));
            case DATE_TIME -> each(column, value -> lookAt(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case INSTANT -> each(column, value -> lookAt((Instant) value));
            default -> {
                // One type has them all.
            }
        }
    }

    private void check(Column column) {
        if (column.type() != type || !column.name().equals(name)) {
            throw new CacheSerializationException("The parts of a table have different columns: " + column
                    + " in place of '" + name + "' of type " + type);
        }
    }

    private static void each(Column column, Consumer<Object> action) {
        for (int row = 0; row < column.size(); row++) {
            Object value = column.get(row);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    /** Parquet has one scale for all; values of different scales would come back as other ones. */
    private void lookAt(BigDecimal value) {
        asText |= value.scale() < 0 || (scale != NO_SCALE && scale != value.scale());
        scale = value.scale();
        precision = Math.max(precision, Math.max(value.precision(), scale));
    }

    private void lookAt(LocalDate value) {
        asText |= value.toEpochDay() != (int) value.toEpochDay();
    }

    private void lookAt(Instant value) {
        nanos |= value.getNano() % 1_000 != 0;
        first = first == null || value.isBefore(first) ? value : first;
        last = last == null || value.isAfter(last) ? value : last;
    }

    ColumnForm form() {
        return ReadForms.of(field(), type);
    }

    private PrimitiveType field() {
        return switch (type) {
            case BOOLEAN -> field(PrimitiveTypeName.BOOLEAN, null);
            case BYTE -> field(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true));
            case SHORT -> field(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true));
            case INT -> field(PrimitiveTypeName.INT32, null);
            case LONG -> field(PrimitiveTypeName.INT64, null);
            case FLOAT -> field(PrimitiveTypeName.FLOAT, null);
            case DOUBLE -> field(PrimitiveTypeName.DOUBLE, null);
            case TEXT -> text();
            case DECIMAL -> asText || precision > MAX_PRECISION ? text() : decimal();
            case UUID -> fixed(16, LogicalTypeAnnotation.uuidType());
            case DATE -> asText ? text() : field(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case TIME -> field(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(false, TimeUnit.NANOS));
            case DATE_TIME, INSTANT -> timestamp();
            case BYTES -> field(PrimitiveTypeName.BINARY, null);
        };
    }

    private PrimitiveType text() {
        return field(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
    }

    private PrimitiveType decimal() {
        var annotation = LogicalTypeAnnotation.decimalType(Math.max(0, scale), precision);
        if (precision <= MAX_INT_PRECISION) {
            return field(PrimitiveTypeName.INT32, annotation);
        }
        return precision <= MAX_LONG_PRECISION ? field(PrimitiveTypeName.INT64, annotation) : fixed(16, annotation);
    }

    private PrimitiveType timestamp() {
        TimeUnit unit = nanos ? TimeUnit.NANOS : TimeUnit.MICROS;
        return fits(first, unit) && fits(last, unit)
                ? field(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(type == ColumnType.INSTANT, unit))
                : text();
    }

    private static boolean fits(@Nullable Instant instant, TimeUnit unit) {
        return instant == null || Timestamps.fits(instant, unit);
    }

    private PrimitiveType field(PrimitiveTypeName primitive, @Nullable LogicalTypeAnnotation annotation) {
        return Types.primitive(primitive, repetition).as(annotation).named(name);
    }

    private PrimitiveType fixed(int length, LogicalTypeAnnotation annotation) {
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(length)
                .as(Objects.requireNonNull(annotation))
                .named(name);
    }
}
