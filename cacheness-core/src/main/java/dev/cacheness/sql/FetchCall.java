package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.store.PartitionState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One range of one or several partitions that is fetched in one go, page by page. */
final class FetchCall {

    /** A partition of the call. */
    record Part(Flight flight, PartitionState state) {}

    final Interval interval;

    final List<Part> parts;

    /** The partitions that this call and those around it fetch; asking for one of them from inside would wait for itself. */
    final Set<Partition> busy;

    /** Up to where pages have been stored. */
    volatile long reached;

    /** When the source should have answered the current page, by {@link System#nanoTime()}. */
    volatile long deadline;

    /** Whether nobody waits for it any more. */
    volatile boolean abandoned;

    /** Whether a partition was invalidated meanwhile, so that not everything was stored. */
    volatile boolean outdated;

    FetchCall(Interval interval, List<Part> parts, Set<Partition> outer) {
        this.interval = interval;
        this.parts = List.copyOf(parts);
        this.reached = interval.lo();
        this.busy = new HashSet<>(outer);
        this.busy.addAll(partitions());
    }

    List<Partition> partitions() {
        return parts.stream().map(part -> part.flight().partition).toList();
    }
}
