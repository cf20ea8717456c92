package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.range.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers for a short time what failed, so that a source that is down is not asked again and again. In memory only. */
final class ErrorMemory {

    private static final int MAX_PARTITIONS = 10_000;

    private record Failure(Interval interval, long until, Throwable cause) {}

    private final Duration ttl;

    private final Map<Partition, List<Failure>> failures = new HashMap<>();

    ErrorMemory(Duration ttl) {
        this.ttl = ttl;
    }

    synchronized void failed(Partition partition, Interval interval, Instant now, Throwable cause) {
        if (ttl.isZero()) {
            return;
        }
        if (failures.size() >= MAX_PARTITIONS) {
            failures.clear();
        }
        long until = Micros.of(now.plus(ttl));
        failures.computeIfAbsent(partition, p -> new ArrayList<>()).add(new Failure(interval, until, cause));
    }

    /** Why a call would fail, null if nothing is known against it. */
    synchronized @Nullable Throwable recent(Partition partition, Interval call, Instant now) {
        List<Failure> known = failures.get(partition);
        if (known == null) {
            return null;
        }
        known.removeIf(failure -> failure.until() <= Micros.of(now));
        if (known.isEmpty()) {
            failures.remove(partition);
        }
        return known.stream()
                .filter(failure -> failure.interval().overlaps(call))
                .map(Failure::cause)
                .findFirst()
                .orElse(null);
    }

    synchronized void forget(Partition partition) {
        failures.remove(partition);
    }

    synchronized void forgetAll() {
        failures.clear();
    }
}
