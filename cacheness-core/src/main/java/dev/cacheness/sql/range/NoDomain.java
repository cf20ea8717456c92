package dev.cacheness.sql.range;

import java.time.Instant;
import java.time.ZoneOffset;

/** No range column: everything lies in the one tick 0. */
final class NoDomain extends RangeDomain {

    NoDomain() {
        super(Void.class, ZoneOffset.UTC);
    }

    @Override
    public boolean isTime() {
        return false;
    }

    @Override
    public long tick(Object value) {
        throw new IllegalStateException("The table has no range column");
    }

    @Override
    public Object value(long tick) {
        return tick;
    }

    @Override
    public long tickAt(Instant moment) {
        throw new IllegalStateException("The table has no range column");
    }

    @Override
    public long alignDown(long tick, Step step) {
        return tick;
    }

    @Override
    long next(long tick, Step step) {
        return tick;
    }

    @Override
    public long ticks(Step step) {
        throw new IllegalArgumentException("The table has no range column, so it has no steps: but got " + step);
    }
}
