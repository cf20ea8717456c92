package dev.cacheness.sql;

import java.util.concurrent.atomic.LongAdder;

/** What happened since the cache was opened. */
final class Counters {

    final LongAdder hits = new LongAdder();

    final LongAdder partials = new LongAdder();

    final LongAdder misses = new LongAdder();

    final LongAdder stale = new LongAdder();

    final LongAdder incomplete = new LongAdder();

    final LongAdder failures = new LongAdder();

    final LongAdder calls = new LongAdder();

    final LongAdder callFailures = new LongAdder();

    final LongAdder rowsFetched = new LongAdder();

    final LongAdder rowsDropped = new LongAdder();

    final LongAdder duplicateRows = new LongAdder();

    final LongAdder detectorFailures = new LongAdder();

    /** How often a query waited for another process. */
    final LongAdder waits = new LongAdder();

    void count(SqlCacheResult.Status status) {
        switch (status) {
            case HIT -> hits.increment();
            case PARTIAL -> partials.increment();
            case MISS -> misses.increment();
            case STALE -> stale.increment();
            case INCOMPLETE -> incomplete.increment();
        }
    }
}
