package dev.cacheness.sql.range;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;

/** Ids: the tick is the number. */
final class IdDomain extends RangeDomain {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final boolean isInt;

    IdDomain(Class<?> type) {
        super(type, ZoneOffset.UTC);
        this.isInt = type == int.class || type == Integer.class;
    }

    @Override
    public boolean isTime() {
        return false;
    }

    @Override
    public long tick(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        try {
            if (value instanceof BigInteger big) {
                return big.longValueExact();
            }
            if (value instanceof CharSequence text) {
                return Long.parseLong(text.toString().strip());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw unfit(value, e);
        }
        throw unfit(value, null);
    }

    @Override
    public Object value(long tick) {
        if (isInt) {
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, tick));
        }
        return tick;
    }

    @Override
    public long tickAt(Instant moment) {
        throw new IllegalStateException("Ids have no time");
    }

    @Override
    public long alignDown(long tick, Step step) {
        if (tick == Long.MIN_VALUE || tick == Long.MAX_VALUE) {
            return tick;
        }
        if (step instanceof Step.Fraction fraction) {
            return multiple(steps(tick, fraction), fraction);
        }
        return Ticks.minus(tick, Math.floorMod(tick, ticks(step)));
    }

    @Override
    long next(long tick, Step step) {
        if (step instanceof Step.Fraction fraction) {
            return multiple(steps(tick, fraction).add(BigDecimal.ONE), fraction);
        }
        return Ticks.plus(tick, ticks(step));
    }

    /** How many whole steps lie between zero and the tick. */
    private static BigDecimal steps(long tick, Step.Fraction fraction) {
        return BigDecimal.valueOf(tick).divide(fraction.difference(), 0, RoundingMode.FLOOR);
    }

    private static long multiple(BigDecimal steps, Step.Fraction fraction) {
        BigDecimal first = steps.multiply(fraction.difference()).setScale(0, RoundingMode.CEILING);
        return first.max(LEAST).min(GREATEST).longValue();
    }

    @Override
    public long ticks(Step step) {
        if (step instanceof Step.Fraction fraction) {
            return fraction.difference()
                    .setScale(0, RoundingMode.CEILING)
                    .min(GREATEST)
                    .longValue();
        }
        if (step instanceof Step.Ids ids) {
            return ids.difference();
        }
        throw unfit(step);
    }
}
