package dev.cacheness.sql.range;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Maps the values of a range column to ticks of a {@code long} axis and back: days for {@link LocalDate}, microseconds for {@link Instant},
 * {@link OffsetDateTime} and {@link LocalDateTime}, the number itself for {@code long} and {@code int}. A tick is the smallest step that the axis
 * knows, so the tick after {@code b} makes an inclusive bound {@code b} exclusive.
 */
public abstract sealed class RangeDomain permits DateDomain, InstantDomain, LocalDateTimeDomain, IdDomain, NoDomain {

    private final Class<?> type;

    final ZoneId zone;

    RangeDomain(Class<?> type, ZoneId zone) {
        this.type = type;
        this.zone = zone;
    }

    /**
     * The domain of a Java type.
     *
     * @param zone where days and months begin
     * @throws IllegalArgumentException if the type is not one that can be a range
     */
    public static RangeDomain of(Class<?> type, ZoneId zone) {
        if (type == LocalDate.class) {
            return new DateDomain(zone);
        }
        if (type == Instant.class || type == OffsetDateTime.class) {
            return new InstantDomain(type, zone);
        }
        if (type == LocalDateTime.class) {
            return new LocalDateTimeDomain(zone);
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return new IdDomain(type);
        }
        throw new IllegalArgumentException(
                "A range column is a LocalDate, an Instant, an OffsetDateTime, a LocalDateTime,"
                        + " a long or an int, but not a " + type.getName());
    }

    /** Of a table without a range column: a single point. */
    public static RangeDomain none() {
        return new NoDomain();
    }

    /** The Java type of the values. */
    public final Class<?> type() {
        return type;
    }

    /** Whether the axis is time, so that there is a now on it. */
    public abstract boolean isTime();

    /**
     * The tick that a value lies in. Accepts the type itself, its neighbours (a {@code LocalDate} on an axis of instants is its first moment in the
     * zone) and text in ISO form.
     *
     * @throws IllegalArgumentException if the value is of another type or cannot be read
     */
    public abstract long tick(Object value);

    /** The value at a tick; an open end is the least or greatest value of the type. */
    public abstract Object value(long tick);

    /** The tick that a moment lies in. Only for {@link #isTime() time}. */
    public abstract long tickAt(Instant moment);

    /** The first tick of the step that the tick lies in; an open end stays open. */
    public abstract long alignDown(long tick, Step step);

    /** The first tick of the step that follows the one that the tick lies in. */
    abstract long next(long tick, Step step);

    /** The length of a step in ticks; for months the shortest possible. */
    public abstract long ticks(Step step);

    /** The first tick of a step that is not before the tick; an open end stays open. */
    public final long alignUp(long tick, Step step) {
        long down = alignDown(tick, step);
        return down == tick ? tick : next(down, step);
    }

    /** The smallest interval of whole steps around this one. */
    public final Interval alignOutward(Interval interval, @Nullable Step step) {
        return step == null ? interval : new Interval(alignDown(interval.lo(), step), alignUp(interval.hi(), step));
    }

    final IllegalArgumentException unfit(Object value, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Expected a " + type.getSimpleName() + " or its ISO text, but got '" + value + "' ("
                        + value.getClass().getName() + ")",
                cause);
    }

    final IllegalArgumentException unfit(Step step) {
        return new IllegalArgumentException("A " + type.getSimpleName() + " column has no steps of " + step);
    }
}
