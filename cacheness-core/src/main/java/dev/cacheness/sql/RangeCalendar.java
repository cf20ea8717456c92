package dev.cacheness.sql;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;

/**
 * The days on which a source can have rows. It only spares calls: closed days at the ends of a gap are not asked for, and closed days between two gaps
 * do not keep them apart. Without it, the cache finds out by itself that there is nothing, and remembers that. Days begin in the zone of the cache.
 * Called by several threads, for many days at a time.
 */
@FunctionalInterface
public interface RangeCalendar {

    /** Whether there can be rows of this day. A day without rows may be open, but rows of a closed day are never fetched on their own. */
    boolean isOpen(LocalDate day);

    /** From Monday to Friday. */
    static RangeCalendar weekdays() {
        return day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
    }

    /** These days and no others. */
    static RangeCalendar of(Collection<LocalDate> days) {
        return Set.copyOf(days)::contains;
    }

    /** This calendar without some days, such as holidays. */
    default RangeCalendar except(Collection<LocalDate> closed) {
        Set<LocalDate> days = Set.copyOf(closed);
        return day -> isOpen(day) && !days.contains(day);
    }
}
