package dev.cacheness.sql.range;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Days on which a source can have something, on an axis of time. The others are closed. */
public final class OpenDays {

    /** How many days in a row are looked at; nothing is closed for longer. */
    private static final int MAX_DAYS = 3_660;

    private final RangeDomain domain;

    private final Predicate<LocalDate> open;

    /** @throws IllegalArgumentException if the axis is no time */
    public OpenDays(RangeDomain domain, Predicate<LocalDate> open) {
        if (!domain.isTime()) {
            throw new IllegalArgumentException("A calendar needs a range column of time");
        }
        this.domain = domain;
        this.open = open;
    }

    /** The closed ticks at both ends of every gap, which need not be asked for. */
    public IntervalSet closedEnds(IntervalSet gaps) {
        List<Interval> closed = new ArrayList<>();
        for (Interval gap : gaps.intervals()) {
            long lo = gap.lo() == Long.MIN_VALUE ? gap.lo() : firstOpen(gap.lo(), gap.hi());
            if (gap.lo() < lo) {
                closed.add(new Interval(gap.lo(), lo));
            }
            long hi = gap.hi() == Long.MAX_VALUE || lo == gap.hi() ? gap.hi() : lastOpen(lo, gap.hi());
            if (hi < gap.hi()) {
                closed.add(new Interval(hi, gap.hi()));
            }
        }
        return IntervalSet.of(closed);
    }

    /** How many ticks from {@code lo} to {@code hi} lie on open days; all of them if the way is long. */
    public long openTicks(long lo, long hi) {
        if (lo == Long.MIN_VALUE || hi == Long.MAX_VALUE) {
            return Ticks.distance(lo, hi);
        }
        long ticks = 0;
        long at = lo;
        for (int days = 0; at < hi; days++) {
            if (days == MAX_DAYS) {
                return Ticks.distance(lo, hi);
            }
            LocalDate day = day(at);
            long next = Math.min(hi, start(day.plusDays(1)));
            ticks += open.test(day) ? next - at : 0;
            at = next;
        }
        return ticks;
    }

    private long firstOpen(long lo, long hi) {
        long at = lo;
        for (int days = 0; at < hi && days < MAX_DAYS; days++) {
            LocalDate day = day(at);
            if (open.test(day)) {
                return at;
            }
            at = Math.min(hi, start(day.plusDays(1)));
        }
        return at;
    }

    private long lastOpen(long lo, long hi) {
        long at = hi;
        for (int days = 0; at > lo && days < MAX_DAYS; days++) {
            LocalDate day = day(at - 1);
            if (open.test(day)) {
                return at;
            }
            at = Math.max(lo, start(day));
        }
        return at;
    }

    private long start(LocalDate day) {
        return domain.tick(day);
    }

    private LocalDate day(long tick) {
        Object value = domain.value(tick);
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof LocalDateTime time) {
            return time.toLocalDate();
        }
        Instant moment = value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
        return LocalDate.ofInstant(moment, domain.zone);
    }
}
