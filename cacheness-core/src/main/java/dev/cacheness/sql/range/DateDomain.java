package dev.cacheness.sql.range;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Days since 1970-01-01. */
final class DateDomain extends RangeDomain {

    private static final long DAY_MICROS = 86_400_000_000L;

    DateDomain(ZoneId zone) {
        super(LocalDate.class, zone);
    }

    @Override
    public boolean isTime() {
        return true;
    }

    @Override
    public long tick(Object value) {
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalDateTime time) {
            return time.toLocalDate().toEpochDay();
        }
        if (value instanceof Instant instant) {
            return tickAt(instant);
        }
        if (value instanceof OffsetDateTime time) {
            return tickAt(time.toInstant());
        }
        if (value instanceof CharSequence text) {
            try {
                return LocalDate.parse(text.toString().strip()).toEpochDay();
            } catch (DateTimeException e) {
                throw unfit(value, e);
            }
        }
        throw unfit(value, null);
    }

    @Override
    public Object value(long tick) {
        if (tick <= LocalDate.MIN.toEpochDay()) {
            return LocalDate.MIN;
        }
        return tick >= LocalDate.MAX.toEpochDay() ? LocalDate.MAX : LocalDate.ofEpochDay(tick);
    }

    @Override
    public long tickAt(Instant moment) {
        return LocalDate.ofInstant(moment, zone).toEpochDay();
    }

    @Override
    public long alignDown(long tick, Step step) {
        if (tick == Long.MIN_VALUE || tick == Long.MAX_VALUE) {
            return tick;
        }
        if (step instanceof Step.Calendar calendar && calendar.length().toTotalMonths() > 0) {
            return CalendarMonths.down(
                            LocalDate.ofEpochDay(tick), calendar.length().toTotalMonths())
                    .toEpochDay();
        }
        return Ticks.minus(tick, Math.floorMod(tick, ticks(step)));
    }

    @Override
    long next(long tick, Step step) {
        if (step instanceof Step.Calendar calendar && calendar.length().toTotalMonths() > 0) {
            return LocalDate.ofEpochDay(tick)
                    .plusMonths(calendar.length().toTotalMonths())
                    .toEpochDay();
        }
        return Ticks.plus(tick, ticks(step));
    }

    @Override
    public long ticks(Step step) {
        if (step instanceof Step.Calendar calendar) {
            return calendar.length().toTotalMonths() > 0
                    ? 28 * calendar.length().toTotalMonths()
                    : calendar.length().getDays();
        }
        if (step instanceof Step.Fixed fixed) {
            // Part of a day cannot be told on this axis: the step is then a day.
            return Math.max(1, InstantDomain.micros(fixed.length()) / DAY_MICROS);
        }
        throw unfit(step);
    }
}
