package dev.cacheness.internal.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One column: its name in the table, the property it comes from, and how its values are stored. Immutable. */
public final class Column {

    private final String name;

    private final String property;

    private final Class<?> type;

    private final boolean nullable;

    private final Conversion conversion;

    /**
     * @throws IllegalArgumentException if the name is no identifier, or values of the type cannot be stored
     */
    public Column(String name, String property, Class<?> type, boolean nullable) {
        this.name = Names.check(name);
        this.property = property;
        this.type = type;
        this.nullable = nullable;
        Conversion found = Conversions.of(type);
        if (found == null) {
            throw new IllegalArgumentException(
                    "Column '" + name + "' has the type " + type.getName() + ", which cannot be stored in a column."
                            + " Use a number, a boolean, a String, an"
                            + " enum, a BigDecimal, a UUID, a byte[], a"
                            + " LocalDate, an Instant, an"
                            + " OffsetDateTime or a LocalDateTime.");
        }
        this.conversion = found;
    }

    /** The name in the table. */
    public String name() {
        return name;
    }

    /** The name of the record component, or the same as {@link #name()}. */
    public String property() {
        return property;
    }

    public Class<?> type() {
        return type;
    }

    public boolean nullable() {
        return nullable;
    }

    public ColumnKind kind() {
        return conversion.kind();
    }

    /**
     * The stored form of a value.
     *
     * @throws IllegalArgumentException if the value is not of the column's type, or null where null is not allowed
     */
    public @Nullable Object store(@Nullable Object value) {
        if (value == null) {
            if (nullable) {
                return null;
            }
            throw new IllegalArgumentException("the value is null, but the column is not nullable");
        }
        try {
            return conversion.store().apply(value);
        } catch (ClassCastException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a " + type.getSimpleName() + ", but got '" + value + "' ("
                            + value.getClass().getSimpleName() + ")",
                    e);
        }
    }

    /**
     * As {@link #store(Object)}.
     *
     * @throws InvalidValueException if the value does not fit
     */
    @Nullable
    Object storeNamed(@Nullable Object value) {
        try {
            return store(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(name, String.valueOf(e.getMessage()), e);
        }
    }

    /** The value of a stored form. */
    public @Nullable Object restore(@Nullable Object stored) {
        return stored == null ? null : conversion.restore().apply(stored);
    }

    /** The stored form at a position of a result whose columns were selected in their stored form. */
    public @Nullable Object readStored(ResultSet row, int index) throws SQLException {
        Object stored = switch (kind()) {
            case TEXT, DECIMAL -> row.getString(index);
            case BIGINT, DATE, INSTANT, DATETIME -> row.getLong(index);
            case DOUBLE -> row.getDouble(index);
            case BOOLEAN -> row.getBoolean(index);
            case BYTES -> row.getBytes(index);
        };
        return nullable && row.wasNull() ? null : stored;
    }

    /** The value at a position of a result whose columns were selected in their stored form. */
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
        return restore(readStored(row, index));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Column that && name.equals(that.name) && type == that.type && nullable == that.nullable;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, nullable);
    }

    /** {@code price double not null}, as it goes into messages and fingerprints. */
    @Override
    public String toString() {
        return name + " " + kind().name().toLowerCase(Locale.ROOT) + (nullable ? "" : " not null");
    }
}
