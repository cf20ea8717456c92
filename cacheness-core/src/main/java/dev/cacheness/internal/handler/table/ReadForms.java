package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.json.UnicodeText;
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
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
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
            return form(
                    type,
                    field,
                    (out, value) -> out.addBinary(Binary.fromString(value.toString())),
                    in -> parse(type, in.getBinary().toStringUsingUTF8()));
        }
        return switch (type) {
            case BOOLEAN ->
                form(type, field, (out, value) -> out.addBoolean((Boolean) value), ColumnReader::getBoolean);
            case BYTE -> form(type, field, ReadForms::addInteger, in -> (byte) in.getInteger());
            case SHORT -> form(type, field, ReadForms::addInteger, in -> (short) in.getInteger());
            case INT -> form(type, field, ReadForms::addInteger, ColumnReader::getInteger);
            case LONG -> form(type, field, (out, value) -> out.addLong((Long) value), longs(field));
            case FLOAT -> form(type, field, (out, value) -> out.addFloat((Float) value), ColumnReader::getFloat);
            case DOUBLE -> form(type, field, (out, value) -> out.addDouble((Double) value), ColumnReader::getDouble);
            case TEXT ->
                form(
                        type,
                        field,
                        (out, value) -> out.addBinary(Binary.fromString(wellFormed((String) value, field))),
                        in -> in.getBinary().toStringUsingUTF8());
            case DECIMAL -> decimal(field);
            case UUID -> form(type, field, ReadForms::addUuid, ReadForms::getUuid);
            case DATE ->
                form(
                        type,
                        field,
                        (out, value) -> out.addInteger(Math.toIntExact(((LocalDate) value).toEpochDay())),
                        in -> LocalDate.ofEpochDay(in.getInteger()));
            case TIME -> time(field);
            case DATE_TIME, INSTANT -> timestamp(field, type);
            case BYTES ->
                form(
                        type,
                        field,
                        (out, value) -> out.addBinary(Binary.fromConstantByteArray((byte[]) value)),
                        in -> in.getBinary().getBytes());
        };
    }

    private static ColumnForm form(
            ColumnType type,
            PrimitiveType field,
            BiConsumer<RecordConsumer, Object> writer,
            Function<ColumnReader, Object> reader) {
        return new ColumnForm(type, field, writer, reader);
    }

    private static String wellFormed(String text, PrimitiveType field) {
        if (!UnicodeText.isWellFormed(text)) {
            throw new CacheSerializationException("Column '" + field.getName()
                    + "' has a text with half of a surrogate pair, which UTF-8 cannot express");
        }
        return text;
    }

    private static void addInteger(RecordConsumer out, Object value) {
        out.addInteger(((Number) value).intValue());
    }

    private static Function<ColumnReader, Object> longs(PrimitiveType field) {
        // A number without a sign needs the wider type.
        return field.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? in -> Integer.toUnsignedLong(in.getInteger())
                : ColumnReader::getLong;
    }

    private static ColumnForm decimal(PrimitiveType field) {
        int scale = ((DecimalLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getScale();
        return switch (field.getPrimitiveTypeName()) {
            case INT32 ->
                form(
                        ColumnType.DECIMAL,
                        field,
                        (out, value) -> out.addInteger(unscaled(value, scale).intValueExact()),
                        in -> BigDecimal.valueOf(in.getInteger(), scale));
            case INT64 ->
                form(
                        ColumnType.DECIMAL,
                        field,
                        (out, value) -> out.addLong(unscaled(value, scale).longValueExact()),
                        in -> BigDecimal.valueOf(in.getLong(), scale));
            default ->
                form(
                        ColumnType.DECIMAL,
                        field,
                        (out, value) -> out.addBinary(
                                Binary.fromConstantByteArray(extended(unscaled(value, scale), field.getTypeLength()))),
                        in -> new BigDecimal(new BigInteger(in.getBinary().getBytes()), scale));
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
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, length - shortest.length, shortest.length);
        return bytes;
    }

    private static void addUuid(RecordConsumer out, Object value) {
        UUID uuid = (UUID) value;
        byte[] bytes = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(bytes).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        out.addBinary(Binary.fromConstantByteArray(bytes));
    }

    private static Object getUuid(ColumnReader in) {
        ByteBuffer bytes = ByteBuffer.wrap(in.getBinary().getBytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static ColumnForm time(PrimitiveType field) {
        var unit = ((TimeLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getUnit();
        boolean narrow = field.getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        return form(
                ColumnType.TIME,
                field,
                (out, value) -> out.addLong(((LocalTime) value).toNanoOfDay()),
                in -> LocalTime.ofNanoOfDay(Timestamps.nanos(narrow ? in.getInteger() : in.getLong(), unit)));
    }

    private static ColumnForm timestamp(PrimitiveType field, ColumnType type) {
        var unit = ((TimestampLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getUnit();
        if (type == ColumnType.INSTANT) {
            return form(
                    type,
                    field,
                    (out, value) -> out.addLong(Timestamps.ofInstant((Instant) value, unit)),
                    in -> Timestamps.toInstant(in.getLong(), unit));
        }
        return form(
                type,
                field,
                (out, value) ->
                        out.addLong(Timestamps.ofInstant(((LocalDateTime) value).toInstant(ZoneOffset.UTC), unit)),
                in -> LocalDateTime.ofInstant(Timestamps.toInstant(in.getLong(), unit), ZoneOffset.UTC));
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
