package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Knows for each Parquet type how values go into it and come out of it. */
final class ReadForms {

    private ReadForms() {}

    /** The type of the column that a field of a file makes whose writer said nothing. */
    static ColumnType typeOf(PrimitiveType field) {
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation) {
            return ColumnType.DECIMAL;
        }
        if (logical instanceof TimeLogicalTypeAnnotation) {
            return ColumnType.TIME;
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp.isAdjustedToUTC() ? ColumnType.INSTANT : ColumnType.DATE_TIME;
        }
        if (logical instanceof IntLogicalTypeAnnotation whole) {
            int bits = whole.getBitWidth() * (whole.isSigned() ? 1 : 2);
            return bits == 8
                    ? ColumnType.BYTE
                    : bits == 16 ? ColumnType.SHORT : bits == 32 ? ColumnType.INT : ColumnType.LONG;
        }
        return switch (field.getPrimitiveTypeName()) {
            case BOOLEAN -> ColumnType.BOOLEAN;
            case INT32 -> logical == null ? ColumnType.INT : ColumnType.DATE;
            case INT64 -> ColumnType.LONG;
            case FLOAT -> ColumnType.FLOAT;
            case DOUBLE -> ColumnType.DOUBLE;
            case BINARY -> logical == null ? ColumnType.BYTES : ColumnType.TEXT;
            case FIXED_LEN_BYTE_ARRAY -> logical == null ? ColumnType.BYTES : ColumnType.UUID;
            case INT96 ->
                throw new CacheSerializationException(
                        "Column '" + field.getName() + "' has the type INT96, which is not supported",
                        MissReason.REFUSED,
                        null);
        };
    }

    static ColumnForm of(PrimitiveType field, ColumnType type) {
        if (type != ColumnType.TEXT && field.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation) {
            return objects(
                    type,
                    field,
                    (value, out, level) -> out.write(Binary.fromString(value.toString()), 0, level),
                    () -> CellReader.ofBinaries(stored -> parse(type, stored.toStringUsingUTF8())));
        }
        return switch (type) {
            case BOOLEAN ->
                objects(
                        type,
                        field,
                        (value, out, level) -> out.write((boolean) value, 0, level),
                        CellReader::ofBooleans);
            case BYTE -> objects(type, field, ReadForms::writeInt, () -> CellReader.ofInts(stored -> (byte) stored));
            case SHORT -> objects(type, field, ReadForms::writeInt, () -> CellReader.ofInts(stored -> (short) stored));
            case INT ->
                new ColumnForm(
                        type,
                        field,
                        (column, row, out, level) -> out.write((int) column.getLong(row), 0, level),
                        CellReader::ofInts);
            case LONG ->
                new ColumnForm(
                        type,
                        field,
                        (column, row, out, level) -> out.write(column.getLong(row), 0, level),
                        longs(field));
            case FLOAT ->
                objects(type, field, (value, out, level) -> out.write((float) value, 0, level), CellReader::ofFloats);
            case DOUBLE ->
                new ColumnForm(
                        type,
                        field,
                        (column, row, out, level) -> out.write(column.getDouble(row), 0, level),
                        CellReader::ofDoubles);
            case TEXT ->
                new ColumnForm(type, field, new TextWriter(), () -> CellReader.ofBinaries(Binary::toStringUsingUTF8));
            case DECIMAL -> decimal(field);
            case UUID -> objects(type, field, ReadForms::writeUuid, () -> CellReader.ofBinaries(ReadForms::toUuid));
            case DATE ->
                objects(
                        type,
                        field,
                        (value, out, level) -> out.write(Math.toIntExact(((LocalDate) value).toEpochDay()), 0, level),
                        () -> CellReader.ofInts(LocalDate::ofEpochDay));
            case TIME -> time(field);
            case DATE_TIME, INSTANT -> timestamp(field, type);
            case BYTES ->
                objects(
                        type,
                        field,
                        (value, out, level) -> out.write(Binary.fromConstantByteArray((byte[]) value), 0, level),
                        () -> CellReader.ofBinaries(Binary::getBytes));
        };
    }

    private static ColumnForm objects(
            ColumnType type, PrimitiveType field, CellWriter.ObjectWriter writer, Supplier<CellReader> reader) {
        return new ColumnForm(type, field, CellWriter.of(writer), reader);
    }

    private static void writeInt(Object value, ColumnWriter out, int level) {
        out.write(((Number) value).intValue(), 0, level);
    }

    private static Supplier<CellReader> longs(PrimitiveType field) {
        // A number without a sign needs the wider type.
        return field.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? () -> CellReader.ofInts(stored -> Integer.toUnsignedLong(stored))
                : CellReader::ofLongs;
    }

    private static ColumnForm decimal(PrimitiveType field) {
        int scale = ((DecimalLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getScale();
        return switch (field.getPrimitiveTypeName()) {
            case INT32 ->
                objects(
                        ColumnType.DECIMAL,
                        field,
                        (value, out, level) -> out.write(unscaled(value, scale).intValueExact(), 0, level),
                        () -> CellReader.ofInts(stored -> BigDecimal.valueOf(stored, scale)));
            case INT64 ->
                objects(
                        ColumnType.DECIMAL,
                        field,
                        (value, out, level) -> out.write(unscaled(value, scale).longValueExact(), 0, level),
                        () -> CellReader.ofLongs(stored -> BigDecimal.valueOf(stored, scale)));
            default ->
                objects(
                        ColumnType.DECIMAL,
                        field,
                        (value, out, level) -> out.write(
                                Binary.fromConstantByteArray(extended(unscaled(value, scale), field.getTypeLength())),
                                0,
                                level),
                        () -> CellReader.ofBinaries(
                                stored -> new BigDecimal(new BigInteger(stored.getBytes()), scale)));
        };
    }

    private static BigInteger unscaled(Object value, int scale) {
        BigDecimal decimal = (BigDecimal) value;
        if (decimal.scale() != scale) {
            throw new ArithmeticException(decimal + " has the scale " + decimal.scale() + ", not " + scale);
        }
        return decimal.unscaledValue();
    }

    /** The number in exactly so many bytes. */
    private static byte[] extended(BigInteger number, int length) {
        byte[] shortest = number.toByteArray();
        if (shortest.length > length) {
            throw new ArithmeticException(number + " has more than " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, length - shortest.length, shortest.length);
        return bytes;
    }

    private static void writeUuid(Object value, ColumnWriter out, int level) {
        UUID uuid = (UUID) value;
        byte[] bytes = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(bytes).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        out.write(Binary.fromConstantByteArray(bytes), 0, level);
    }

    private static Object toUuid(Binary stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored.getBytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static ColumnForm time(PrimitiveType field) {
        var unit = ((TimeLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getUnit();
        LongFunction<Object> time = stored -> LocalTime.ofNanoOfDay(Timestamps.nanos(stored, unit));
        return objects(
                ColumnType.TIME,
                field,
                (value, out, level) -> out.write(((LocalTime) value).toNanoOfDay(), 0, level),
                field.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                        ? () -> CellReader.ofInts(time::apply)
                        : () -> CellReader.ofLongs(time));
    }

    private static ColumnForm timestamp(PrimitiveType field, ColumnType type) {
        var unit = ((TimestampLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getUnit();
        if (type == ColumnType.INSTANT) {
            return objects(
                    type,
                    field,
                    (value, out, level) -> out.write(Timestamps.ofInstant((Instant) value, unit), 0, level),
                    () -> CellReader.ofLongs(stored -> Timestamps.toInstant(stored, unit)));
        }
        return objects(
                type,
                field,
                (value, out, level) -> out.write(
                        Timestamps.ofInstant(((LocalDateTime) value).toInstant(ZoneOffset.UTC), unit), 0, level),
                () -> CellReader.ofLongs(
                        stored -> LocalDateTime.ofInstant(Timestamps.toInstant(stored, unit), ZoneOffset.UTC)));
    }

    private static Object parse(ColumnType type, String text) {
        return switch (type) {
            case DECIMAL -> new BigDecimal(text);
            case DATE -> LocalDate.parse(text);
            case DATE_TIME -> LocalDateTime.parse(text);
            case INSTANT -> Instant.parse(text);
            default -> throw new CacheSerializationException("No column of type " + type + " is kept as text");
        };
    }
}
