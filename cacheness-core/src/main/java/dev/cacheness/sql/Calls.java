package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Ending;
import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.PartitionId;
import dev.cacheness.sql.store.PartitionState;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns flights into calls. */
final class Calls {

    private final Context<?> context;

    private final Freshness freshness;

    private final Flights flights;

    Calls(Context<?> context, Freshness freshness, Flights flights) {
        this.context = context;
        this.freshness = freshness;
        this.flights = flights;
    }

    /**
     * The calls for what a query has claimed. Between its look at the ledger and its claim somebody else may have fetched the same: such flights end
     * here, and the query looks again.
     */
    List<FetchCall> prepare(
            List<Flight> own, List<Flight> others, List<PartPlan> plans, Set<Partition> outer, @Nullable Leases leases)
            throws SQLException {
        if (own.isEmpty()) {
            return List.of();
        }
        Map<Partition, PartPlan> planned = new HashMap<>();
        plans.forEach(plan -> planned.put(plan.partition(), plan));
        Map<PartitionId, PartitionState> states = new HashMap<>(states(own, planned));
        if (leases != null) {
            leases.claim(flights, own, others, states);
        }
        Map<Interval, List<FetchCall.Part>> byInterval = new LinkedHashMap<>();
        for (Flight flight : own) {
            PartitionState state = states.get(flight.partition.id());
            PartPlan plan = planned.get(flight.partition);
            if (flight.ending.isDone()) {
                continue;
            }
            if (state == null || plan == null || hasChanged(flight, plan, state)) {
                flights.end(flight, Ending.CANCELLED);
            } else {
                byInterval
                        .computeIfAbsent(flight.interval, i -> new ArrayList<>())
                        .add(new FetchCall.Part(flight, state));
            }
        }
        List<FetchCall> calls = new ArrayList<>();
        int most = context.settings.fetching().partitionsPerFetch();
        byInterval.forEach((interval, parts) -> {
            for (int from = 0; from < parts.size(); from += most) {
                calls.add(new FetchCall(interval, parts.subList(from, Math.min(parts.size(), from + most)), outer));
            }
        });
        return calls;
    }

    private Map<PartitionId, PartitionState> states(List<Flight> own, Map<Partition, PartPlan> planned)
            throws SQLException {
        List<PartitionId> ids =
                own.stream().map(flight -> flight.partition.id()).distinct().toList();
        Interval window = Flights.span(own);
        boolean areKnown =
                own.stream().map(flight -> planned.get(flight.partition)).allMatch(Calls::isKnown);
        Map<PartitionId, PartitionState> known = areKnown ? load(ids, window) : Map.of();
        if (known.size() == ids.size()) {
            return known;
        }
        long now = context.nowMicros();
        return context.store.write(session -> context.ledger.create(session, ids, window, now));
    }

    private static boolean isKnown(@Nullable PartPlan plan) {
        return plan != null && plan.state() != null;
    }

    private Map<PartitionId, PartitionState> load(List<PartitionId> ids, Interval window) throws SQLException {
        try (Session session = context.store.readOrMirror()) {
            return context.ledger.load(session, ids, window);
        }
    }

    /** Whether ticks of the flight have become fresh since the query looked, or the partition was invalidated. */
    private boolean hasChanged(Flight flight, PartPlan plan, PartitionState state) {
        PartitionState looked = plan.state();
        if (looked != null && (looked.id() != state.id() || looked.generation() != state.generation())) {
            return true;
        }
        Interval planned = plan.plan().planned();
        if (planned == null) {
            return false;
        }
        IntervalSet fresh = freshness.fresh(state.coverage(), context.nowMicros(), null);
        return !fresh.cropTo(planned)
                .cropTo(flight.interval)
                .subtract(plan.fresh())
                .isEmpty();
    }
}
