package dev.cacheness.sql.range;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Microseconds of a wall clock, so an hour that the clock repeats is one hour here. */
final class LocalDateTimeDomain extends RangeDomain {

    private final InstantDomain wall = new InstantDomain(Instant.class, ZoneOffset.UTC);

    LocalDateTimeDomain(ZoneId zone) {
        super(LocalDateTime.class, zone);
    }

    @Override
    public boolean isTime() {
        return true;
    }

    @Override
    public long tick(Object value) {
        if (value instanceof LocalDateTime time) {
            return wall.tick(time.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDate date) {
            return wall.tick(date);
        }
        if (value instanceof CharSequence text) {
            try {
                String iso = text.toString().strip();
                return iso.indexOf('T') < 0 ? tick(LocalDate.parse(iso)) : tick(LocalDateTime.parse(iso));
            } catch (DateTimeException e) {
                throw unfit(value, e);
            }
        }
        throw unfit(value, null);
    }

    @Override
    public Object value(long tick) {
        if (tick == Long.MIN_VALUE) {
            return LocalDateTime.MIN;
        }
        return tick == Long.MAX_VALUE
                ? LocalDateTime.MAX
                : LocalDateTime.ofInstant(InstantDomain.instant(tick), ZoneOffset.UTC);
    }

    @Override
    public long tickAt(Instant moment) {
        return tick(LocalDateTime.ofInstant(moment, zone));
    }

    @Override
    public long alignDown(long tick, Step step) {
        return wall.alignDown(tick, step);
    }

    @Override
    long next(long tick, Step step) {
        return wall.next(tick, step);
    }

    @Override
    public long ticks(Step step) {
        return wall.ticks(step);
    }
}
