package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Ending;
import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Coverage;
import dev.cacheness.sql.store.FailureTable;
import dev.cacheness.sql.store.FailureTable.Failure;
import dev.cacheness.sql.store.LeaseTable;
import dev.cacheness.sql.store.LeaseTable.Lease;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one fetch tells other processes, so that they wait for it instead of fetching the same: leases on its ranges, renewed while it goes on. For use by
 * one thread.
 */
final class Leases {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Context<?> context;

    private final LeaseTable table;

    private final FailureTable failures;

    private final Duration length;

    /** Who all fetches of this cache are made by. */
    private final String owner;

    private final String token = UUID.randomUUID().toString();

    private final List<Elsewhere> elsewhere = new ArrayList<>();

    /** What was not leased because it failed elsewhere a short while ago. */
    private final List<Refused> refused = new ArrayList<>();

    /** What this fetch has failed to bring. */
    private final List<Failure> failed = new ArrayList<>();

    private boolean held;

    private long renewed;

    Leases(Context<?> context, LeaseTable table, Duration length, String owner) {
        this.context = context;
        this.table = table;
        this.failures = context.store.failures();
        this.length = length;
        this.owner = owner;
    }

    /** What another process is fetching, and how new what was there before it is. */
    private record Elsewhere(Partition partition, Lease lease, Interval interval, long newest) {}

    private record Refused(Partition partition, Interval interval, String message) {}

    /**
     * Leases what can be had of flights, and looks at the ledger in the same transaction. Flights of which a part is leased elsewhere end; what is left of
     * them are new ones, which are added to the lists.
     *
     * @param states the partitions by number; replaced by what they are now
     */
    void claim(Flights flights, List<Flight> own, List<Flight> others, Map<PartitionId, PartitionState> states)
            throws SQLException {
        Interval window = Flights.span(own);
        List<Flight> asked = List.copyOf(own);
        Outcome outcome = context.store.write(session -> claim(session, asked, states, window));
        states.putAll(outcome.states());
        held = true;
        renewed = System.nanoTime();
        for (int i = 0; i < asked.size(); i++) {
            Flight flight = asked.get(i);
            List<Interval> granted = outcome.granted().get(i);
            if (!granted.equals(List.of(flight.interval))) {
                flights.end(flight, Ending.CANCELLED);
                Flights.Claim rest = flights.claim(flight.partition, granted);
                own.addAll(rest.own());
                others.addAll(rest.others());
            }
        }
        elsewhere.addAll(outcome.elsewhere());
        refused.addAll(outcome.refused());
    }

    private record Outcome(
            List<List<Interval>> granted,
            List<Elsewhere> elsewhere,
            List<Refused> refused,
            Map<PartitionId, PartitionState> states) {}

    private Outcome claim(Session session, List<Flight> asked, Map<PartitionId, PartitionState> before, Interval window)
            throws SQLException {
        List<PartitionId> ids =
                asked.stream().map(f -> f.partition.id()).distinct().toList();
        List<Long> numbers = ids.stream()
                .map(before::get)
                .filter(state -> state != null)
                .map(PartitionState::id)
                .toList();
        Map<Long, List<Lease>> live = table.lock(session, numbers);
        Map<PartitionId, PartitionState> states = context.ledger.load(session, ids, window);
        List<List<Interval>> granted = new ArrayList<>();
        List<Elsewhere> busy = new ArrayList<>();
        List<Refused> hopeless = new ArrayList<>();
        List<Failure> known = isRemembered() ? failures.ofOthers(session, numbers, owner) : List.of();
        List<Lease> leases = new ArrayList<>();
        for (Flight flight : asked) {
            PartitionState state = states.get(flight.partition.id());
            // A partition that is gone or new has not been locked; the flight ends, and the query looks again.
            if (state == null || !numbers.contains(state.id())) {
                granted.add(List.of());
                continue;
            }
            Failure failure = first(known, state.id(), flight.interval);
            if (failure != null) {
                hopeless.add(new Refused(flight.partition, flight.interval, failure.message()));
                granted.add(List.of());
                continue;
            }
            List<Lease> overlapping = live.getOrDefault(state.id(), List.of()).stream()
                    .filter(lease -> lease.interval().overlaps(flight.interval))
                    .toList();
            overlapping.forEach(lease ->
                    busy.add(new Elsewhere(flight.partition, lease, flight.interval, newest(state, flight.interval))));
            List<Interval> free = IntervalSet.of(
                            overlapping.stream().map(Lease::interval).toList())
                    .gapsWithin(flight.interval)
                    .intervals();
            free.forEach(interval -> leases.add(new Lease(state.id(), interval, token)));
            granted.add(free);
        }
        table.claim(session, leases, length.toMillis());
        return new Outcome(granted, busy, hopeless, states);
    }

    private boolean isRemembered() {
        return !context.settings.fetching().errorTtl().isZero();
    }

    private static @Nullable Failure first(List<Failure> failures, long partition, Interval interval) {
        return failures.stream()
                .filter(failure -> failure.partition() == partition)
                .filter(failure -> failure.interval().overlaps(interval))
                .findFirst()
                .orElse(null);
    }

    /** Tells the query what need not be tried. */
    void refuse(Progress progress) {
        refused.forEach(one -> progress.failed(one.partition(), one.interval(), failedElsewhere(one.message())));
        refused.clear();
    }

    private SqlCacheException failedElsewhere(String message) {
        return new SqlCacheException(
                "Cache '" + context.name + "': another process has asked the source, which failed: " + message, null);
    }

    /** Notes what is to be told to other processes when the leases are released. */
    void failed(FetchCall call, Interval interval, Throwable cause) {
        for (FetchCall.Part part : isRemembered() ? call.parts : List.<FetchCall.Part>of()) {
            failed.add(new Failure(part.state().id(), interval, owner, cause.toString()));
        }
    }

    private static long newest(PartitionState state, Interval interval) {
        return state.coverage().stream()
                .filter(entry -> entry.interval().overlaps(interval))
                .mapToLong(Coverage::fetchedAt)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** How often {@link #renew()} should be called. */
    long heartbeatNanos() {
        return length.toNanos() / 3;
    }

    /** Renews the leases if it is time. That they cannot be renewed harms nobody: others may fetch the same. */
    void renew() {
        if (!held || System.nanoTime() - renewed < heartbeatNanos()) {
            return;
        }
        renewed = System.nanoTime();
        try {
            context.store.write(session -> table.renew(session, token, length.toMillis()));
        } catch (SQLException e) {
            log.warn("Cache '{}': a fetch cannot be announced to other processes any longer", context.name, e);
        }
    }

    /** Lets others go on. */
    void release() {
        if (!held) {
            return;
        }
        held = false;
        try {
            context.store.write(session -> {
                if (!failed.isEmpty()) {
                    failures.note(
                            session,
                            failed,
                            context.settings.fetching().errorTtl().toMillis());
                }
                return table.release(session, token);
            });
        } catch (SQLException e) {
            log.warn("Cache '{}': other processes will wait {} for a fetch that is over", context.name, length, e);
        }
    }

    boolean isWaiting() {
        return !elsewhere.isEmpty();
    }

    /** Waits until what other processes are fetching is there, or they have given up. */
    void await(Progress progress) throws InterruptedException, SQLException {
        long pause = MIN_PAUSE;
        context.counters.waits.add(elsewhere.isEmpty() ? 0 : 1);
        for (Elsewhere one : elsewhere) {
            progress.elsewhere(one.partition(), one.interval(), one.newest());
            while (context.store.readOnce(session -> table.lives(session, one.lease()))) {
                Pauses.nanos(pause);
                pause = Math.min(MAX_PAUSE, pause + pause / 2);
            }
        }
    }
}
