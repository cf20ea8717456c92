package dev.cacheness.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.UUID;

/** What the values of a column are. */
public enum ColumnType {
    BOOLEAN(Boolean.class),
    BYTE(Byte.class),
    SHORT(Short.class),
    INT(Integer.class),
    LONG(Long.class),
    FLOAT(Float.class),
    DOUBLE(Double.class),
    TEXT(String.class),
    DECIMAL(BigDecimal.class),
    UUID(UUID.class),
    DATE(LocalDate.class),
    TIME(LocalTime.class),
    DATE_TIME(LocalDateTime.class),
    INSTANT(Instant.class),
    BYTES(byte[].class);

    private final Class<?> javaType;

    ColumnType(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** The class of the values; the box, where there is a primitive. */
    public Class<?> javaType() {
        return javaType;
    }

    /** The type whose values are of exactly this class, empty if there is none. */
    public static Optional<ColumnType> of(Class<?> javaType) {
        for (ColumnType type : values()) {
            if (type.javaType == javaType) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
