package dev.cacheness.internal.key;

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
import java.util.Date;

/** Dates and times by the numbers they are made of; their texts have changed between Java versions before. */
final class TimeValues {

    private TimeValues() {}

    static boolean write(Object value, CanonicalBytes out) {
        if (value instanceof Instant instant) {
            fields(Tag.INSTANT, out, instant.getEpochSecond(), instant.getNano());
        } else if (value instanceof LocalDate date) {
            fields(Tag.LOCAL_DATE, out, date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            fields(Tag.LOCAL_TIME, out, time.toNanoOfDay());
        } else if (value instanceof LocalDateTime local) {
            local(Tag.LOCAL_DATE_TIME, local, out);
        } else if (value instanceof OffsetDateTime offset) {
            local(Tag.OFFSET_DATE_TIME, offset.toLocalDateTime(), out);
            out.fixed(offset.getOffset().getTotalSeconds());
        } else if (value instanceof OffsetTime offset) {
            fields(
                    Tag.OFFSET_TIME,
                    out,
                    offset.toLocalTime().toNanoOfDay(),
                    offset.getOffset().getTotalSeconds());
        } else if (value instanceof ZonedDateTime zoned) {
            local(Tag.ZONED_DATE_TIME, zoned.toLocalDateTime(), out);
            out.fixed(zoned.getOffset().getTotalSeconds());
            out.text(zoned.getZone().getId());
        } else if (value instanceof Duration duration) {
            fields(Tag.DURATION, out, duration.getSeconds(), duration.getNano());
        } else if (value instanceof Period period) {
            fields(Tag.PERIOD, out, period.getYears(), period.getMonths(), period.getDays());
        } else if (value instanceof Year year) {
            fields(Tag.YEAR, out, year.getValue());
        } else if (value instanceof YearMonth month) {
            fields(Tag.YEAR_MONTH, out, month.getYear(), month.getMonthValue());
        } else if (value instanceof MonthDay day) {
            fields(Tag.MONTH_DAY, out, day.getMonthValue(), day.getDayOfMonth());
        } else if (value instanceof ZoneId zone) {
            out.taggedText(Tag.ZONE, zone.getId());
        } else if (value.getClass() == Date.class) {
            // Subclasses such as a database's timestamp know more than the milliseconds, so they are not taken for
            // dates.
            fields(Tag.DATE, out, ((Date) value).getTime());
        } else {
            return false;
        }
        return true;
    }

    private static void local(int tag, LocalDateTime local, CanonicalBytes out) {
        fields(tag, out, local.toLocalDate().toEpochDay(), local.toLocalTime().toNanoOfDay());
    }

    private static void fields(int tag, CanonicalBytes out, long... fields) {
        out.tag(tag);
        for (long field : fields) {
            out.fixed(field);
        }
    }
}
