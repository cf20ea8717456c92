package dev.cacheness.sql;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row with a column of every type. */
public record AllTypes(
        @RowKey long id,
        int whole,
        short small,
        byte tiny,
        double number,
        float single,
        boolean flag,
        @Nullable Integer boxed,
        @Nullable Boolean maybe,
        @Nullable Double ratio,
        @Nullable String text,
        @Nullable BigDecimal decimal,
        @Nullable UUID uuid,
        @Nullable DayOfWeek day,
        byte @Nullable [] bytes,
        @Nullable LocalDate date,
        @Nullable Instant instant,
        @Nullable OffsetDateTime offset,
        @Nullable LocalDateTime dateTime) {

    static AllTypes example(String text, long id) {
        return new AllTypes(
                id,
                Integer.MIN_VALUE,
                Short.MAX_VALUE,
                Byte.MIN_VALUE,
                Double.MIN_VALUE,
                Float.MAX_VALUE,
                true,
                -7,
                false,
                Double.NEGATIVE_INFINITY,
                text,
                new BigDecimal("12345678901234567890.123456789000"),
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                DayOfWeek.FRIDAY,
                new byte[] {0, -1, 127},
                LocalDate.of(1969, 2, 28),
                Instant.parse("2024-03-31T01:30:00.123456Z"),
                OffsetDateTime.parse("1901-03-31T01:30:00.000001Z"),
                LocalDateTime.parse("2024-03-10T02:30:00.654321"));
    }

    static AllTypes empty(long id) {
        return new AllTypes(
                id, 0, (short) 0, (byte) 0, -0.5, 0, false, null, null, null, null, null, null, null, null, null, null,
                null, null);
    }
}
