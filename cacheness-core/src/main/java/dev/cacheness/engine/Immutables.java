package dev.cacheness.engine;

import dev.cacheness.spi.NullValue;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells objects that nobody can change from others. Strict: what is not known to be immutable is not. Those are texts, numbers, times and the like of the JDK,
 * enums, what {@code List.of}, {@code Set.of}, {@code Map.of} and {@code Optional} make of such objects, and records of them. Thread-safe.
 */
final class Immutables {

    private static final int MAX_DEPTH = 50;

    private static final int MAX_OBJECTS = 10_000;

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZonedDateTime.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            NullValue.class);

    /** The classes of what {@code of} and {@code copyOf} make. */
    private static final Set<Class<?>> COLLECTIONS = Set.of(
            List.of().getClass(),
            List.of(1).getClass(),
            Set.of().getClass(),
            Set.of(1).getClass());

    private static final Set<Class<?>> MAPS =
            Set.of(Map.of().getClass(), Map.of(1, 1).getClass());

    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /** Why the object may be changed by somebody, as a clause for people; null if nobody can. */
    @Nullable
    String reasonAgainst(Object value) {
        return new Search().reasonAgainst(value, 0);
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive() || PLAIN.contains(type) || Enum.class.isAssignableFrom(type);
    }

    /** Whether all objects that a variable of the type can hold are plain: nobody can extend it. */
    private static boolean isSettled(Class<?> type) {
        return isPlain(type) && (Enum.class.isAssignableFrom(type) || Modifier.isFinal(type.getModifiers()));
    }

    private final class Search {

        private int objects;

        private @Nullable String reasonAgainst(@Nullable Object value, int depth) {
            if (value == null || isPlain(value.getClass()) || value instanceof ZoneId) {
                return null;
            }
            if (depth == MAX_DEPTH || ++objects > MAX_OBJECTS) {
                return "it has too many parts to look at";
            }
            if (COLLECTIONS.contains(value.getClass())) {
                return ofAll((Collection<?>) value, depth);
            }
            if (MAPS.contains(value.getClass())) {
                Map<?, ?> map = (Map<?, ?>) value;
                String reason = ofAll(map.keySet(), depth);
                return reason != null ? reason : ofAll(map.values(), depth);
            }
            if (value instanceof Optional<?> optional) {
                return reasonAgainst(optional.orElse(null), depth + 1);
            }
            return ofRecord(value, shapes.get(value.getClass()), depth);
        }

        private @Nullable String ofAll(Iterable<?> elements, int depth) {
            for (Object element : elements) {
                String reason = reasonAgainst(element, depth + 1);
                if (reason != null) {
                    return reason;
                }
            }
            return null;
        }

        private @Nullable String ofRecord(Object value, Shape shape, int depth) {
            if (shape.problem() != null) {
                return shape.problem();
            }
            for (Field field : shape.open()) {
                String reason;
                try {
                    reason = reasonAgainst(field.get(value), depth + 1);
                } catch (IllegalAccessException ex) {
                    reason = "its component " + field.getName() + " cannot be read";
                }
                if (reason != null) {
                    return reason;
                }
            }
            return null;
        }
    }

    /**
     * What there is to say of a class once for all its objects.
     *
     * @param open the fields whose declared types leave it open whether what is in them can be changed
     * @param problem why all objects of the class can be changed, null if the fields decide
     */
    private record Shape(List<Field> open, @Nullable String problem) {

        static Shape of(Class<?> type) {
            if (!type.isRecord()) {
                return new Shape(
                        List.of(),
                        "a " + type.getTypeName() + " is neither a record nor a type of the JDK that is known to be"
                                + " immutable");
            }
            List<Field> open = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                if (!isSettled(component.getType())) {
                    try {
                        // By its field: the method may be one that hides what is in it.
                        Field field = type.getDeclaredField(component.getName());
                        field.setAccessible(true);
                        open.add(field);
                    } catch (NoSuchFieldException | RuntimeException ex) {
                        return new Shape(
                                List.of(),
                                "the component " + component.getName() + " of " + type.getName() + " cannot be read");
                    }
                }
            }
            return new Shape(List.copyOf(open), null);
        }
    }
}
