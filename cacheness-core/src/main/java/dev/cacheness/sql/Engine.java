package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Claim;
import dev.cacheness.sql.Flights.Ending;
import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.SqlCacheResult.Status;
import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.IntervalSet;
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

    private final Freshness freshness;

    private final PartPlanner<T> planner;

    private final Selecting selecting;

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
        this.freshness = freshness;
        this.planner = planner;
        this.selecting = new Selecting(context);
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
                    if (look.isBehind) {
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
                answer = whole(query, progress, plans, session, reading);
            } else if (isBehind) {
                answer = stale(query, progress, plans, session, reading);
            } else {
                answer = partial(query, mode, progress, plans, session, reading);
            }
            isKept = reading.keepsSession();
            return session.isConsistent() ? new Look<>(plans, answer, isBehind) : null;
        } finally {
            if (!isKept) {
                session.close();
            }
        }
    }

    private <R> Answer<R> whole(
            BoundQuery query, Progress progress, List<PartPlan> plans, Session session, Reading<R> reading)
            throws SQLException {
        List<PartitionRange> missing = missing(query, plans);
        Status status = Status.HIT;
        if (!missing.isEmpty()) {
            status = Status.INCOMPLETE;
        } else if (!progress.isFirstRound()) {
            status = progress.hadFresh() ? Status.PARTIAL : Status.MISS;
        }
        R value = reading.read(session, selecting.complete(query, progress.held, plans));
        return AnswerFacts.of(
                context, query, plans, new Answer<>(value, status, progress.fetched(), missing, null, null));
    }

    private List<PartitionRange> missing(BoundQuery query, List<PartPlan> plans) {
        List<PartitionRange> missing = new ArrayList<>();
        for (PartPlan plan : plans) {
            plan.lacking(query.asked()).intervals().forEach(gap -> missing.add(context.range(plan.partition(), gap)));
        }
        return missing;
    }

    /** The source has failed, or must not be asked: answers with less, or not at all. */
    private <R> Answer<R> partial(
            BoundQuery query, Mode mode, Progress progress, List<PartPlan> plans, Session session, Reading<R> reading)
            throws SQLException {
        List<PartitionRange> missing = missing(query, plans);
        OnError onError = context.settings.fetching().onError();
        if (mode == Mode.PEEK || onError == OnError.PARTIAL) {
            R value = reading.read(session, selecting.partial(query, progress.held, plans));
            Answer<R> answer = new Answer<>(value, Status.INCOMPLETE, progress.fetched(), missing, null, null);
            return AnswerFacts.of(context, query, plans, answer);
        }
        if (onError == OnError.STALE && plans.stream().allMatch(plan -> hasUsable(query, plan))) {
            return stale(query, progress, plans, session, reading);
        }
        throw progress.failure(context.name, missing);
    }

    private <R> Answer<R> stale(
            BoundQuery query, Progress progress, List<PartPlan> plans, Session session, Reading<R> reading)
            throws SQLException {
        R value = reading.read(session, selecting.complete(query, progress.held, plans));
        Answer<R> answer = new Answer<>(value, Status.STALE, progress.fetched(), List.of(), null, null);
        return AnswerFacts.of(context, query, plans, answer);
    }

    private boolean hasUsable(BoundQuery query, PartPlan plan) {
        IntervalSet usable = freshness.usableIfError(plan.coverage(), context.nowMicros());
        return plan.lacking(query.asked()).subtract(usable).isEmpty();
    }

    private void fetch(List<PartPlan> plans, Progress progress) throws SQLException {
        progress.begin(fresh(plans));
        List<Flight> own = new ArrayList<>();
        List<Flight> others = new ArrayList<>();
        Leases lease = leases.get();
        try {
            for (PartPlan plan : plans) {
                claim(plan, progress, own, others);
            }
            List<FetchCall> toRun = calls.prepare(own, others, plans, fetching.outer(), lease);
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

    /** What the query would do. */
    FetchPlan explain(BoundQuery query) {
        try {
            return context.store.readOnce(session -> {
                List<PartPlan> plans = planner.plan(session, query, null, false);
                List<CoveredRange> have = new ArrayList<>();
                List<PartitionRange> missing = new ArrayList<>();
                List<PartitionRange> toCall = new ArrayList<>();
                List<String> reasons = new ArrayList<>();
                for (PartPlan plan : plans) {
                    Partition partition = plan.partition();
                    have.addAll(CoverageFacts.of(context, freshness, partition, plan.coverage()));
                    plan.plan().missing().intervals().forEach(i -> missing.add(context.range(partition, i)));
                    plan.plan().calls().forEach(i -> toCall.add(context.range(partition, i)));
                    String prefix = partition.toString().isEmpty() ? "" : partition + ": ";
                    plan.plan().reasons().forEach(reason -> reasons.add(prefix + reason));
                }
                return new FetchPlan(have, missing, toCall, reasons);
            });
        } catch (SQLException e) {
            throw context.failed("explaining a query", e);
        }
    }
}
