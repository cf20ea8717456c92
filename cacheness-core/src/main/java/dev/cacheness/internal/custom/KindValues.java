package dev.cacheness.internal.custom;

import dev.cacheness.spi.CustomKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Values of each kind in the form that backends keep, and back. */
public final class KindValues {

    private static final int MAX_TEXT_LENGTH = 65_536;

    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS");

    private KindValues() {}

    /**
     * The stored form of a value.
     *
     * @throws IllegalArgumentException if the kind cannot have the value; says what it can have
     */
    public static Object store(CustomKind kind, Object value) {
        try {
            return switch (kind) {
                case TEXT -> text(value);
                case WHOLE -> whole(value);
                case REAL -> real(value);
                case BOOLEAN -> (Boolean) value ? 1L : 0L;
                case DECIMAL -> bounded(SortableDecimal.encode(decimal(value)));
                case UUID -> ((UUID) value).toString();
                case DATE -> inYears(((LocalDate) value).getYear(), value).toString();
                case INSTANT ->
                    dateTime(((Instant) value).atOffset(ZoneOffset.UTC).toLocalDateTime()) + "Z";
                case DATETIME -> dateTime((LocalDateTime) value);
                case DURATION -> ((Duration) value).toNanos();
            };
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "expected " + expected(kind) + ", but got a "
                            + value.getClass().getName(),
                    e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the year must be 0 to 9999, but got " + value, e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a Duration is at most 292 years long, but got " + value, e);
        }
    }

    /** The value of a stored form, as a {@code String}, {@code Long}, {@code Double}, {@code Boolean} or as what the kind is called by. */
    public static Object restore(CustomKind kind, Object stored) {
        return switch (kind) {
            case TEXT, WHOLE, REAL -> stored;
            case BOOLEAN -> (Long) stored != 0;
            case DECIMAL -> SortableDecimal.decode((String) stored);
            case UUID -> UUID.fromString((String) stored);
            case DATE -> LocalDate.parse((String) stored);
            case INSTANT -> Instant.parse((String) stored);
            case DATETIME -> LocalDateTime.parse((String) stored);
            case DURATION -> Duration.ofNanos((Long) stored);
        };
    }

    private static String text(Object value) {
        String text = value instanceof Enum<?> constant
                ? constant.name()
                : value instanceof Character character ? character.toString() : (String) value;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (character == 0 || Character.getType(character) == Character.SURROGATE) {
                throw new IllegalArgumentException(
                        "a text has neither U+0000 nor half a surrogate pair, but got one at " + i);
            }
        }
        return bounded(text);
    }

    private static String bounded(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "at most " + MAX_TEXT_LENGTH + " characters are allowed, but got " + text.length());
        }
        return text;
    }

    private static long whole(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw new ClassCastException();
    }

    private static double real(Object value) {
        double number;
        if (value instanceof Float real) {
            // As people read it: 0.1f is 0.1, and comes back as the same float.
            number = Double.parseDouble(real.toString());
        } else if (value instanceof Double real) {
            number = real;
        } else {
            number = whole(value);
        }
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number must be finite, but got " + number);
        }
        return number == 0 ? 0.0 : number;
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : BigDecimal.valueOf(whole(value));
    }

    private static String dateTime(LocalDateTime time) {
        return DATETIME.format((LocalDateTime) inYears(time.getYear(), time));
    }

    private static Object inYears(int year, Object value) {
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("the year must be 0 to 9999, but got " + value);
        }
        return value;
    }

    private static String expected(CustomKind kind) {
        return switch (kind) {
            case TEXT -> "a String";
            case WHOLE -> "a whole number";
            case REAL -> "a number";
            case BOOLEAN -> "a Boolean";
            case DECIMAL -> "a BigDecimal or a whole number";
            case UUID -> "a UUID";
            case DATE -> "a LocalDate";
            case INSTANT -> "an Instant";
            case DATETIME -> "a LocalDateTime";
            case DURATION -> "a Duration";
        };
    }
}
