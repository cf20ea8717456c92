package dev.cacheness.sql.range;

import java.time.LocalDate;

/** Steps of whole months, counted from January 1970. */
final class CalendarMonths {

    private CalendarMonths() {}

    /** The first day of the step of {@code months} that the date lies in. */
    static LocalDate down(LocalDate date, long months) {
        long index = date.getYear() * 12L + date.getMonthValue() - 1 - 1970 * 12L;
        long first = index - Math.floorMod(index, months);
        return LocalDate.of(1970, 1, 1).plusMonths(first);
    }
}
