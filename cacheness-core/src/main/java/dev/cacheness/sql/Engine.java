package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Claim;
import dev.cacheness.sql.Flights.Ending;
import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers queries: looks, fetches what is missing, and looks again until nothing is. */
final class Engine<T> {

    private static final int MAX_INVALIDATIONS = 3;

    private final Context<T> context;

    private final PartPlanner<T> planner;

    private final Answering answering;

    private final Explaining<T> explaining;

    private final Flights flights;

    private final Fetching<T> fetching;

    private final Calls calls;

    private final ErrorMemory errors;

    private final Revalidation revalidation;

    /** New leases for each fetch, null if other processes are not told. */
    private final Supplier<@Nullable Leases> leases;

    Engine(
            Context<T> context,
            Freshness freshness,
            PartPlanner<T> planner,
            Flights flights,
            Fetching<T> fetching,
            ErrorMemory errors,
            Revalidation revalidation,
            Supplier<@Nullable Leases> leases) {
        this.context = context;
        this.planner = planner;
        this.answering = new Answering(context, freshness);
        this.explaining = new Explaining<>(context, freshness, planner);
        this.flights = flights;
        this.fetching = fetching;
        this.errors = errors;
        this.revalidation = revalidation;
        this.leases = leases;
        this.calls = new Calls(context, freshness, flights);
    }

    /** How a query is to be answered. */
    enum Mode {
        /** From the table if it can, else from the source. */
        NORMAL,
        /** From the source. */
        REFRESH,
        /** From the table only. */
        PEEK,
        /** As normal, but nobody waits for the answer, so that what has expired is fetched. */
        BACKGROUND
    }

    <R> Answer<R> get(BoundQuery query, Mode mode, Reading<R> reading) {
        refuseReentrance(query);
        Progress progress = new Progress(context.now());
        try {
            while (true) {
                Look<R> look = look(query, mode, progress, reading);
                if (look.answer != null) {
                    if (mode != Mode.BACKGROUND) {
                        context.counters.count(look.answer.status());
                    }
                    if (look.isBehind && !context.settings.fetching().offline()) {
                        revalidation.begin(query, () -> get(query, Mode.BACKGROUND, (session, selection) -> selection));
                    }
                    return look.answer;
                }
                fetch(look.plans, progress);
            }
        } catch (SQLException e) {
            countFailure(mode);
            throw context.failed("answering a query", e);
        } catch (SqlCacheException e) {
            countFailure(mode);
            throw e;
        }
    }

    private void countFailure(Mode mode) {
        if (mode != Mode.BACKGROUND) {
            context.counters.failures.increment();
        }
    }

    private void refuseReentrance(BoundQuery query) {
        Set<Partition> busy = new HashSet<>(fetching.outer());
        busy.retainAll(query.partitions());
        if (!busy.isEmpty()) {
            throw new IllegalStateException("Cache '" + context.name + "': its source asks it for " + busy
                    + ", which it is just fetching, and would wait for itself. A source must not use its own cache for"
                    + " the same partition.");
        }
    }

    /** What a look at the table gave: an answer, or plans. */
    private record Look<R>(List<PartPlan> plans, @Nullable Answer<R> answer, boolean isBehind) {}

    private <R> Look<R> look(BoundQuery query, Mode mode, Progress progress, Reading<R> reading) throws SQLException {
        if (!reading.keepsSession()) {
            Look<R> look = look(query, mode, progress, reading, context.store.readOrMirror());
            if (look != null) {
                return look;
            }
        }
        Look<R> look = look(query, mode, progress, reading, context.store.read());
        if (look == null) {
            throw new IllegalStateException("A transaction always reads one state");
        }
        return look;
    }

    /** Null if what was read does not fit together. Closes the session. */
    private <R> @Nullable Look<R> look(
            BoundQuery query, Mode mode, Progress progress, Reading<R> reading, Session session) throws SQLException {
        boolean isKept = false;
        try {
            List<PartPlan> plans = planner.plan(session, query, progress, mode == Mode.REFRESH);
            boolean isWhole =
                    plans.stream().allMatch(plan -> plan.plan().calls().isEmpty());
            boolean isBehind =
                    !isWhole && mode == Mode.NORMAL && progress.isFirstRound() && revalidation.serves(query, plans);
            if (!isWhole && !isBehind && !progress.hasFailed() && mode != Mode.PEEK) {
                return session.isConsistent() ? new Look<>(plans, null, false) : null;
            }
            Answer<R> answer;
            if (isWhole) {
                answer = answering.whole(query, progress, plans, session, reading);
            } else if (isBehind) {
                answer = answering.stale(query, progress, plans, session, reading);
            } else {
                answer = answering.partial(query, mode, progress, plans, session, reading);
            }
            isKept = reading.keepsSession();
            return session.isConsistent() ? new Look<>(plans, answer, isBehind) : null;
        } finally {
            if (!isKept) {
                session.close();
            }
        }
    }

    private void fetch(List<PartPlan> plans, Progress progress) throws SQLException {
        progress.begin(fresh(plans));
        if (context.settings.fetching().offline()) {
            refuse(plans, progress);
            return;
        }
        List<Flight> own = new ArrayList<>();
        List<Flight> others = new ArrayList<>();
        Leases lease = leases.get();
        try {
            for (PartPlan plan : plans) {
                claim(plan, progress, own, others);
            }
            List<FetchCall> toRun = calls.prepare(own, others, plans, fetching.outer(), lease);
            if (lease != null) {
                lease.refuse(progress);
            }
            if (toRun.isEmpty() && others.isEmpty() && (lease == null || !lease.isWaiting())) {
                return;
            }
            fetching.run(toRun, progress, lease);
            release(lease);
            if (toRun.stream().anyMatch(call -> call.outdated) && progress.invalidated() >= MAX_INVALIDATIONS) {
                throw new SqlCacheException(
                        "Cache '" + context.name + "': what the query needs was invalidated " + MAX_INVALIDATIONS
                                + " times while it was being fetched. Try again.",
                        null);
            }
            for (Flight flight : others) {
                await(flight, progress);
            }
            if (lease != null) {
                lease.await(progress);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlCacheException(
                    "Cache '" + context.name + "': interrupted while waiting for the source. What it had answered is"
                            + " stored.",
                    e);
        } finally {
            own.forEach(flight -> flights.end(flight, Ending.CANCELLED));
            release(lease);
        }
    }

    /** As if the source had failed at once. */
    private void refuse(List<PartPlan> plans, Progress progress) {
        SqlCacheException cause = context.offline();
        for (PartPlan plan : plans) {
            plan.plan().calls().forEach(call -> progress.failed(plan.partition(), call, cause));
        }
    }

    /** Others may go on, before this query waits for others. */
    private static void release(@Nullable Leases lease) {
        if (lease != null) {
            lease.release();
        }
    }

    private List<PartitionRange> fresh(List<PartPlan> plans) {
        List<PartitionRange> fresh = new ArrayList<>();
        for (PartPlan plan : plans) {
            Interval planned = plan.plan().planned();
            if (planned != null) {
                plan.good().cropTo(planned).intervals().forEach(i -> fresh.add(context.range(plan.partition(), i)));
            }
        }
        return fresh;
    }

    private void claim(PartPlan plan, Progress progress, List<Flight> own, List<Flight> others) {
        List<Interval> wanted = new ArrayList<>();
        for (Interval call : plan.plan().calls()) {
            Throwable recent = errors.recent(plan.partition(), call, context.now());
            if (recent == null) {
                wanted.add(call);
            } else {
                progress.failed(plan.partition(), call, recent);
            }
        }
        Claim claim = flights.claim(plan.partition(), wanted);
        own.addAll(claim.own());
        others.addAll(claim.others());
    }

    private void await(Flight flight, Progress progress) throws InterruptedException {
        try {
            Ending ending = flight.ending.get();
            if (ending.stored()) {
                progress.done(flight.partition, flight.interval);
            } else if (ending.failure() != null) {
                progress.failed(flight.partition, flight.interval, ending.failure());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A flight never ends with an exception", e);
        }
    }

    FetchPlan explain(BoundQuery query) {
        return explaining.explain(query);
    }
}
