package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which ranges are being fetched right now. No tick of a partition is in two flights at once. */
final class Flights {

    /** How a flight ended. */
    record Ending(boolean stored, @Nullable Throwable failure) {

        static final Ending STORED = new Ending(true, null);

        /** Nothing came of it, and nobody is to blame: whoever waited plans anew. */
        static final Ending CANCELLED = new Ending(false, null);

        static Ending failed(Throwable cause) {
            return new Ending(false, cause);
        }
    }

    /** One range of one partition that somebody fetches. */
    static final class Flight {

        final Partition partition;

        final Interval interval;

        final CompletableFuture<Ending> ending = new CompletableFuture<>();

        Flight(Partition partition, Interval interval) {
            this.partition = partition;
            this.interval = interval;
        }
    }

    /** What a caller has to fetch itself, and what it has to wait for. */
    record Claim(List<Flight> own, List<Flight> others) {}

    private final Map<Partition, List<Flight>> active = new HashMap<>();

    /** Takes over what nobody else fetches. Every flight of its own is to be {@link #end ended} by the caller, whatever happens. */
    synchronized Claim claim(Partition partition, List<Interval> calls) {
        List<Flight> flights = active.computeIfAbsent(partition, p -> new ArrayList<>());
        List<Flight> others = flights.stream()
                .filter(f -> calls.stream().anyMatch(f.interval::overlaps))
                .toList();
        IntervalSet busy = IntervalSet.of(others.stream().map(f -> f.interval).toList());
        List<Flight> own = new ArrayList<>();
        for (Interval call : calls) {
            for (Interval part : busy.gapsWithin(call).intervals()) {
                own.add(new Flight(partition, part));
            }
        }
        flights.addAll(own);
        forgetIfIdle(partition, flights);
        return new Claim(own, others);
    }

    /** Ends a flight, unless it has ended already, and wakes up those who wait for it. */
    void end(Flight flight, Ending ending) {
        synchronized (this) {
            List<Flight> flights = active.get(flight.partition);
            if (flights != null) {
                flights.remove(flight);
                forgetIfIdle(flight.partition, flights);
            }
        }
        flight.ending.complete(ending);
    }

    /** The smallest interval around flights, of which there is at least one. */
    static Interval span(List<Flight> flights) {
        return new Interval(
                flights.stream().mapToLong(f -> f.interval.lo()).min().orElseThrow(),
                flights.stream().mapToLong(f -> f.interval.hi()).max().orElseThrow());
    }

    private void forgetIfIdle(Partition partition, List<Flight> flights) {
        if (flights.isEmpty()) {
            active.remove(partition);
        }
    }

    /** How many ranges are being fetched. */
    synchronized int size() {
        return active.values().stream().mapToInt(List::size).sum();
    }
}
