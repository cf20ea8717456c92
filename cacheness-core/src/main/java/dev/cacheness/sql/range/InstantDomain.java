package dev.cacheness.sql.range;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Microseconds since 1970-01-01T00:00Z. */
final class InstantDomain extends RangeDomain {

    private final boolean isOffset;

    InstantDomain(Class<?> type, ZoneId zone) {
        super(type, zone);
        this.isOffset = type == OffsetDateTime.class;
    }

    static long micros(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static long micros(Duration duration) {
        return micros(Instant.EPOCH.plus(duration));
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    @Override
    public boolean isTime() {
        return true;
    }

    @Override
    public long tick(Object value) {
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        if (value instanceof OffsetDateTime time) {
            return micros(time.toInstant());
        }
        if (value instanceof LocalDate date) {
            return micros(date.atStartOfDay(zone).toInstant());
        }
        if (value instanceof LocalDateTime time) {
            return micros(time.atZone(zone).toInstant());
        }
        if (value instanceof CharSequence text) {
            return parse(text.toString().strip(), value);
        }
        throw unfit(value, null);
    }

    private long parse(String text, Object value) {
        try {
            return text.indexOf('T') < 0 ? tick(LocalDate.parse(text)) : tick(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw unfit(value, e);
        }
    }

    @Override
    public Object value(long tick) {
        if (tick == Long.MIN_VALUE) {
            return isOffset ? OffsetDateTime.MIN : Instant.MIN;
        }
        if (tick == Long.MAX_VALUE) {
            return isOffset ? OffsetDateTime.MAX : Instant.MAX;
        }
        return isOffset ? instant(tick).atOffset(ZoneOffset.UTC) : instant(tick);
    }

    @Override
    public long tickAt(Instant moment) {
        return micros(moment);
    }

    @Override
    public long alignDown(long tick, Step step) {
        if (tick == Long.MIN_VALUE || tick == Long.MAX_VALUE) {
            return tick;
        }
        if (step instanceof Step.Calendar calendar) {
            LocalDate date = LocalDate.ofInstant(instant(tick), zone);
            return tick(down(date, calendar));
        }
        return Ticks.minus(tick, Math.floorMod(tick, ticks(step)));
    }

    private static LocalDate down(LocalDate date, Step.Calendar calendar) {
        long months = calendar.length().toTotalMonths();
        return months > 0
                ? CalendarMonths.down(date, months)
                : date.minusDays(Math.floorMod(
                        date.toEpochDay(), (long) calendar.length().getDays()));
    }

    @Override
    long next(long tick, Step step) {
        if (step instanceof Step.Calendar calendar) {
            return tick(LocalDate.ofInstant(instant(tick), zone).plus(calendar.length()));
        }
        return Ticks.plus(tick, ticks(step));
    }

    @Override
    public long ticks(Step step) {
        if (step instanceof Step.Fixed fixed) {
            return micros(fixed.length());
        }
        if (step instanceof Step.Calendar calendar) {
            long days =
                    28 * calendar.length().toTotalMonths() + calendar.length().getDays();
            return micros(Duration.ofDays(days));
        }
        throw unfit(step);
    }
}
