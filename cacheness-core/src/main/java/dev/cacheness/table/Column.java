package dev.cacheness.table;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A named column of values of one type, some of which may be missing. Immutable, except that nobody may change a {@code byte[]} that is in it. */
public final class Column {

    private final String name;

    private final ColumnType type;

    private final int size;

    /** Of primitives, or of objects. */
    private final Object values;

    private final BitSet nulls;

    private Column(String name, ColumnType type, int size, Object values, BitSet nulls) {
        this.name = name;
        this.type = type;
        this.size = size;
        this.values = values;
        this.nulls = nulls;
    }

    /**
     * A column of these values.
     *
     * @throws IllegalArgumentException if a value is not of the type; names column, row and class
     */
    public static Column of(String name, ColumnType type, Collection<? extends @Nullable Object> values) {
        Builder builder = new Builder(name, type, values.size());
        values.forEach(builder::append);
        return builder.build();
    }

    /** Collects the values of a column. */
    public static Builder builder(String name, ColumnType type) {
        return new Builder(name, type, Builder.FIRST_CAPACITY);
    }

    public String name() {
        return name;
    }

    public ColumnType type() {
        return type;
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    /** Whether any value is missing. */
    public boolean hasNulls() {
        return !nulls.isEmpty();
    }

    /**
     * Whether the value of a row is missing.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public boolean isNull(int row) {
        return nulls.get(Objects.checkIndex(row, size));
    }

    /**
     * The value of a row, null if it is missing.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public @Nullable Object get(int row) {
        if (isNull(row)) {
            return null;
        }
        if (values instanceof Object[] objects) {
            return objects[row];
        }
        return switch (type) {
            case INT -> ((int[]) values)[row];
            case LONG -> ((long[]) values)[row];
            case DOUBLE -> ((double[]) values)[row];
            default -> Array.get(values, row);
        };
    }

    /**
     * The value of a row of a column of whole numbers.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the value is missing, or if the column is of another type
     */
    public long getLong(int row) {
        checkThere(
                row,
                type == ColumnType.BYTE
                        || type == ColumnType.SHORT
                        || type == ColumnType.INT
                        || type == ColumnType.LONG);
        return values instanceof long[] longs
                ? longs[row]
                : values instanceof int[] ints ? ints[row] : Array.getLong(values, row);
    }

    /**
     * The value of a row of a column of numbers, but not of decimals.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalStateException if the value is missing, or if the column is of another type
     */
    public double getDouble(int row) {
        checkThere(row, type.ordinal() >= ColumnType.BYTE.ordinal() && type.ordinal() <= ColumnType.DOUBLE.ordinal());
        return values instanceof double[] doubles ? doubles[row] : Array.getDouble(values, row);
    }

    private void checkThere(int row, boolean fits) {
        if (!fits) {
            throw new IllegalStateException("Column '" + name + "' is of type " + type);
        }
        if (isNull(row)) {
            throw new IllegalStateException("Column '" + name + "' has no value in row " + row);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Column column
                && name.equals(column.name)
                && type == column.type
                && size == column.size
                && nulls.equals(column.nulls)
                && Arrays.deepEquals(new Object[] {values}, new Object[] {column.values});
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, size, Arrays.deepHashCode(new Object[] {values}));
    }

    @Override
    public String toString() {
        return "Column[" + name + " " + type + " x " + size + "]";
    }

    /** Collects values. For one thread, and for one column. */
    public static final class Builder {

        private static final int FIRST_CAPACITY = 16;

        private final String name;

        private final ColumnType type;

        private final BitSet nulls = new BitSet();

        private Object values;

        private int size;

        Builder(String name, ColumnType type, int capacity) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A column needs a name");
            }
            this.name = name;
            this.type = type;
            values = Array.newInstance(componentOf(type), capacity);
        }

        private static Class<?> componentOf(ColumnType type) {
            return type.ordinal() > ColumnType.DOUBLE.ordinal()
                    ? type.javaType()
                    : java.lang.invoke.MethodType.methodType(type.javaType())
                            .unwrap()
                            .returnType();
        }

        /** How many values there are so far. */
        public int size() {
            return size;
        }

        /** @throws IllegalArgumentException if the value is not of the column's type */
        public Builder append(@Nullable Object value) {
            if (value == null) {
                nulls.set(size);
            } else if (!type.javaType().isInstance(value)) {
                throw new IllegalArgumentException("Column '" + name + "' is of type " + type + ", but row " + size
                        + " has a " + value.getClass().getName());
            }
            grow();
            if (value != null) {
                set(value);
            }
            size++;
            return this;
        }

        private void set(Object value) {
            if (values instanceof Object[] objects) {
                objects[size] = value;
                return;
            }
            switch (type) {
                case INT -> ((int[]) values)[size] = (int) value;
                case LONG -> ((long[]) values)[size] = (long) value;
                case DOUBLE -> ((double[]) values)[size] = (double) value;
                default -> Array.set(values, size, value);
            }
        }

        /** Appends a whole number to a column of {@code INT} or {@code LONG}, or of shorter ones that it fits. */
        public Builder appendLong(long value) {
            grow();
            switch (type) {
                case LONG -> ((long[]) values)[size] = value;
                case INT -> ((int[]) values)[size] = Math.toIntExact(value);
                case SHORT -> ((short[]) values)[size] = (short) checkRange(value, Short.MIN_VALUE, Short.MAX_VALUE);
                case BYTE -> ((byte[]) values)[size] = (byte) checkRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
                default -> throw new IllegalArgumentException("Column '" + name + "' is of type " + type);
            }
            size++;
            return this;
        }

        /** Appends to a column of {@code DOUBLE}. */
        public Builder appendDouble(double value) {
            if (type != ColumnType.DOUBLE) {
                throw new IllegalArgumentException("Column '" + name + "' is of type " + type);
            }
            grow();
            ((double[]) values)[size++] = value;
            return this;
        }

        private long checkRange(long value, long min, long max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(value + " is no value of column '" + name + "' of type " + type);
            }
            return value;
        }

        private void grow() {
            int capacity = Array.getLength(values);
            if (size == capacity) {
                Object larger =
                        Array.newInstance(componentOf(type), Math.max(FIRST_CAPACITY, capacity + (capacity >> 1)));
                System.arraycopy(values, 0, larger, 0, size);
                values = larger;
            }
        }

        /** The column. The builder is of no use afterwards. */
        public Column build() {
            if (Array.getLength(values) == size) {
                return new Column(name, type, size, values, nulls);
            }
            Object exact = Array.newInstance(componentOf(type), size);
            System.arraycopy(values, 0, exact, 0, size);
            return new Column(name, type, size, exact, nulls);
        }
    }
}
