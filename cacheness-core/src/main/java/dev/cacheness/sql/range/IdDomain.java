package dev.cacheness.sql.range;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;

/** Ids: the tick is the number. */
final class IdDomain extends RangeDomain {

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
        long size = ticks(step);
        return tick == Long.MIN_VALUE || tick == Long.MAX_VALUE ? tick : Ticks.minus(tick, Math.floorMod(tick, size));
    }

    @Override
    long next(long tick, Step step) {
        return Ticks.plus(tick, ticks(step));
    }

    @Override
    public long ticks(Step step) {
        if (step instanceof Step.Ids ids) {
            return ids.difference();
        }
        throw unfit(step);
    }
}
