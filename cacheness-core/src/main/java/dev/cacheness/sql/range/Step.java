package dev.cacheness.sql.range;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;

/**
 * The distance between neighbours on a range column: a fixed time, a number of months or days of the calendar, or a difference of ids. What it
 * means in ticks is for the {@link RangeDomain} to say.
 */
public sealed interface Step {

    /** A fixed time, at least a microsecond. */
    record Fixed(Duration length) implements Step {

        public Fixed {
            if (length.compareTo(Duration.ofNanos(1_000)) < 0) {
                throw new IllegalArgumentException("A step takes at least a microsecond, but got " + length);
            }
        }
    }

    /** Whole months and days, counted from 1970-01-01 in the zone of the domain. Either months or days, not both. */
    record Calendar(Period length) implements Step {

        public Calendar {
            boolean months = length.toTotalMonths() > 0 && length.getDays() == 0;
            boolean days = length.toTotalMonths() == 0 && length.getDays() > 0;
            if (!months && !days) {
                throw new IllegalArgumentException(
                        "A step of the calendar has either months or days, and more than none: but got " + length);
            }
        }
    }

    /** A difference of ids, at least 1. */
    record Ids(long difference) implements Step {

        public Ids {
            if (difference < 1) {
                throw new IllegalArgumentException("A step of ids is at least 1, but got " + difference);
            }
        }
    }

    /** A difference of ids that is no whole number. Each of its multiples counts from the first id on that is not smaller. */
    record Fraction(BigDecimal difference) implements Step {

        public Fraction {
            if (difference.signum() <= 0) {
                throw new IllegalArgumentException("A step of ids is more than 0, but got " + difference);
            }
        }
    }

    static Step of(Duration length) {
        return new Fixed(length);
    }

    static Step of(Period length) {
        return new Calendar(length);
    }

    static Step ofIds(long difference) {
        return new Ids(difference);
    }

    /** As {@link #ofIds(long)}, for a difference that need not be a whole number. */
    static Step ofIds(BigDecimal difference) {
        try {
            return new Ids(difference.longValueExact());
        } catch (ArithmeticException e) {
            return new Fraction(difference);
        }
    }
}
