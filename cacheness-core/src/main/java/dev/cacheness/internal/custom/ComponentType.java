package dev.cacheness.internal.custom;

import dev.cacheness.spi.CustomKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The type of a component.
 *
 * @param type without {@code Optional}
 */
record ComponentType(Class<?> type, boolean optional, CustomKind kind) {

    private static final Map<Class<?>, CustomKind> KINDS = Map.ofEntries(
            Map.entry(String.class, CustomKind.TEXT),
            Map.entry(char.class, CustomKind.TEXT),
            Map.entry(Character.class, CustomKind.TEXT),
            Map.entry(byte.class, CustomKind.WHOLE),
            Map.entry(Byte.class, CustomKind.WHOLE),
            Map.entry(short.class, CustomKind.WHOLE),
            Map.entry(Short.class, CustomKind.WHOLE),
            Map.entry(int.class, CustomKind.WHOLE),
            Map.entry(Integer.class, CustomKind.WHOLE),
            Map.entry(long.class, CustomKind.WHOLE),
            Map.entry(Long.class, CustomKind.WHOLE),
            Map.entry(float.class, CustomKind.REAL),
            Map.entry(Float.class, CustomKind.REAL),
            Map.entry(double.class, CustomKind.REAL),
            Map.entry(Double.class, CustomKind.REAL),
            Map.entry(boolean.class, CustomKind.BOOLEAN),
            Map.entry(Boolean.class, CustomKind.BOOLEAN),
            Map.entry(BigDecimal.class, CustomKind.DECIMAL),
            Map.entry(UUID.class, CustomKind.UUID),
            Map.entry(LocalDate.class, CustomKind.DATE),
            Map.entry(Instant.class, CustomKind.INSTANT),
            Map.entry(LocalDateTime.class, CustomKind.DATETIME),
            Map.entry(Duration.class, CustomKind.DURATION));

    /** Null if there is no column for values of the type. */
    static @Nullable ComponentType of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return of(generic.getActualTypeArguments()[0], true);
        }
        return of(type, false);
    }

    private static @Nullable ComponentType of(Type type, boolean optional) {
        if (!(type instanceof Class<?> raw)) {
            return null;
        }
        CustomKind kind = raw.isEnum() ? CustomKind.TEXT : KINDS.get(raw);
        return kind == null ? null : new ComponentType(raw, optional, kind);
    }

    @Nullable
    Object store(@Nullable Object value) {
        Object plain = value instanceof Optional<?> some ? some.orElse(null) : value;
        return plain == null ? null : KindValues.store(kind, plain);
    }

    @Nullable
    Object restore(@Nullable Object stored) {
        if (stored == null) {
            return optional ? Optional.empty() : type.isPrimitive() ? zero() : null;
        }
        Object value = narrowed(KindValues.restore(kind, stored));
        return optional ? Optional.of(value) : value;
    }

    private Object narrowed(Object value) {
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact((Long) value);
        }
        if (type == short.class || type == Short.class) {
            return ((Long) value).shortValue();
        }
        if (type == byte.class || type == Byte.class) {
            return ((Long) value).byteValue();
        }
        if (type == float.class || type == Float.class) {
            return Float.parseFloat(value.toString());
        }
        if (type == char.class || type == Character.class) {
            return ((String) value).charAt(0);
        }
        return type.isEnum() ? constant((String) value) : value;
    }

    private Object constant(String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no constant '" + name + "'");
    }

    private Object zero() {
        if (type == char.class) {
            return '\0';
        }
        return kind == CustomKind.BOOLEAN
                ? (Object) false
                : narrowed(kind == CustomKind.REAL ? (Object) 0.0 : (Object) 0L);
    }
}
