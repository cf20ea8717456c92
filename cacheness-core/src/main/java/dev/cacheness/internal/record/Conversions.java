package dev.cacheness.internal.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Java types that can be columns. */
final class Conversions {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            long.class,
            Long.class,
            int.class,
            Integer.class,
            short.class,
            Short.class,
            byte.class,
            Byte.class,
            double.class,
            Double.class,
            float.class,
            Float.class,
            boolean.class,
            Boolean.class);

    private static final Map<Class<?>, Conversion> BY_TYPE = new HashMap<>();

    static {
        add(String.class, ColumnKind.TEXT, Conversions::text, v -> v);
        add(Long.class, ColumnKind.BIGINT, v -> whole(v, Long.MIN_VALUE, Long.MAX_VALUE), v -> v);
        add(
                Integer.class,
                ColumnKind.BIGINT,
                v -> whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE),
                v -> Math.toIntExact((Long) v));
        add(
                Short.class,
                ColumnKind.BIGINT,
                v -> whole(v, Short.MIN_VALUE, Short.MAX_VALUE),
                v -> ((Long) v).shortValue());
        add(Byte.class, ColumnKind.BIGINT, v -> whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE), v -> ((Long) v).byteValue());
        add(Double.class, ColumnKind.DOUBLE, v -> ((Number) v).doubleValue(), v -> v);
        add(Float.class, ColumnKind.DOUBLE, v -> ((Number) v).doubleValue(), v -> ((Double) v).floatValue());
        add(Boolean.class, ColumnKind.BOOLEAN, v -> (Boolean) v, v -> v);
        add(BigDecimal.class, ColumnKind.DECIMAL, v -> decimal(v).toString(), v -> new BigDecimal((String) v));
        add(byte[].class, ColumnKind.BYTES, v -> ((byte[]) v).clone(), v -> v);
        add(UUID.class, ColumnKind.TEXT, v -> uuid(v).toString(), v -> UUID.fromString((String) v));
        add(LocalDate.class, ColumnKind.DATE, v -> date(v).toEpochDay(), v -> LocalDate.ofEpochDay((Long) v));
        add(Instant.class, ColumnKind.INSTANT, v -> Micros.of(instant(v)), v -> Micros.instant((Long) v));
        add(
                OffsetDateTime.class,
                ColumnKind.INSTANT,
                v -> Micros.of(instant(v)),
                v -> Micros.instant((Long) v).atOffset(ZoneOffset.UTC));
        add(
                LocalDateTime.class,
                ColumnKind.DATETIME,
                v -> Micros.of(dateTime(v).toInstant(ZoneOffset.UTC)),
                v -> LocalDateTime.ofInstant(Micros.instant((Long) v), ZoneOffset.UTC));
    }

    private Conversions() {}

    private static void add(
            Class<?> type, ColumnKind kind, Function<Object, Object> store, Function<Object, Object> restore) {
        BY_TYPE.put(type, new Conversion(kind, store, restore));
    }

    static Class<?> box(Class<?> type) {
        return BOXES.getOrDefault(type, type);
    }

    /** Null if values of the type cannot be stored in a column. */
    static @Nullable Conversion of(Class<?> type) {
        Class<?> boxed = box(type);
        if (boxed.isEnum()) {
            return new Conversion(ColumnKind.TEXT, v -> constant(boxed, v), v -> restoreConstant(boxed, v));
        }
        return BY_TYPE.get(boxed);
    }

    private static String constant(Class<?> type, Object value) {
        if (value instanceof Enum<?> constant && type.isInstance(value)) {
            return constant.name();
        }
        return ((Enum<?>) restoreConstant(type, text(value))).name();
    }

    private static Object restoreConstant(Class<?> type, Object name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getSimpleName() + " has no constant '" + name + "'");
    }

    private static String text(Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        throw new ClassCastException("not a text: " + value);
    }

    private static long whole(Object value, long min, long max) {
        if (!(value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte)) {
            throw new ClassCastException("not a whole number: " + value);
        }
        long number = ((Number) value).longValue();
        if (number < min || number > max) {
            throw new IllegalArgumentException(number + " is not between " + min + " and " + max);
        }
        return number;
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }

    private static UUID uuid(Object value) {
        return value instanceof UUID uuid ? uuid : UUID.fromString(text(value));
    }

    private static LocalDate date(Object value) {
        return value instanceof LocalDate date ? date : LocalDate.parse(text(value));
    }

    private static LocalDateTime dateTime(Object value) {
        return value instanceof LocalDateTime time ? time : LocalDateTime.parse(text(value));
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        return value instanceof OffsetDateTime time
                ? time.toInstant()
                : OffsetDateTime.parse(text(value)).toInstant();
    }
}
