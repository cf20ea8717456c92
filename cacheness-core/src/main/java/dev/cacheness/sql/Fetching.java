package dev.cacheness.sql;

import dev.cacheness.sql.Flights.Ending;
import dev.cacheness.sql.Flights.Flight;
import dev.cacheness.sql.range.Interval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs calls on threads of the cache, a few at a time, and waits for each no longer than it may take. */
final class Fetching<T> {

    /** The call that the current thread runs, so that a source that asks its own cache can be told from others. */
    private final ThreadLocal<@Nullable FetchCall> current = new ThreadLocal<>();

    private final Context<T> context;

    private final PageLoop<T> pages;

    private final Flights flights;

    private final ErrorMemory errors;

    private final ExecutorService executor;

    private final Semaphore permits;

    Fetching(Context<T> context, PageLoop<T> pages, Flights flights, ErrorMemory errors, ExecutorService executor) {
        this.context = context;
        this.pages = pages;
        this.flights = flights;
        this.errors = errors;
        this.executor = executor;
        this.permits = new Semaphore(context.settings.fetching().parallelism());
    }

    private record Running(FetchCall call, Future<?> future, Permit permit) {}

    /** A permit that is given back once, by whoever is first: the call that ends, or the caller that waits no longer. */
    private static final class Permit {

        private final Semaphore permits;

        private boolean held = true;

        Permit(Semaphore permits) {
            this.permits = permits;
        }

        synchronized void giveBack() {
            if (held) {
                held = false;
                permits.release();
            }
        }
    }

    /** The partitions that are being fetched around the current thread, which must not wait for them. */
    Set<Partition> outer() {
        FetchCall call = current.get();
        return call == null ? Set.of() : call.busy;
    }

    /**
     * Runs all calls. What fails is noted in the progress; every flight has ended when this returns or throws.
     *
     * @throws InterruptedException if the caller was interrupted, in which case the calls are cancelled
     */
    void run(List<FetchCall> calls, Progress progress, @Nullable Leases leases) throws InterruptedException {
        Deque<FetchCall> waiting = new ArrayDeque<>(calls);
        List<Running> running = new ArrayList<>();
        try {
            while (!waiting.isEmpty() || !running.isEmpty()) {
                while (!waiting.isEmpty() && (running.isEmpty() || permits.availablePermits() > 0)) {
                    Running started = start(waiting.remove(), progress, leases);
                    if (started != null) {
                        running.add(started);
                    }
                }
                if (!running.isEmpty()) {
                    await(running.remove(0), progress, leases);
                }
            }
        } finally {
            running.forEach(this::abandon);
            calls.forEach(call -> call.parts.forEach(part -> flights.end(part.flight(), Ending.CANCELLED)));
        }
    }

    private @Nullable Running start(FetchCall call, Progress progress, @Nullable Leases leases)
            throws InterruptedException {
        Duration timeout = context.settings.fetching().timeout();
        if (!acquire(timeout, leases)) {
            fail(
                    call,
                    timedOut(
                            "none of the " + context.settings.fetching().parallelism() + " calls that may run at"
                                    + " a time ended",
                            timeout),
                    progress,
                    leases);
            return null;
        }
        Permit permit = new Permit(permits);
        try {
            call.deadline = System.nanoTime() + timeout.toNanos();
            FutureTask<@Nullable Void> task = new FutureTask<>(() -> fetch(call, permit, progress));
            executor.execute(context.observer.carry(task));
            return new Running(call, task, permit);
        } catch (RejectedExecutionException e) {
            permit.giveBack();
            fail(call, e, progress, leases);
            return null;
        }
    }

    private boolean acquire(Duration timeout, @Nullable Leases leases) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (permits.tryAcquire(untilHeartbeat(left, leases), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            renew(leases);
        }
    }

    /** Waiting ends in between so that leases can be renewed. */
    private static long untilHeartbeat(long nanos, @Nullable Leases leases) {
        return Math.max(1, leases == null ? nanos : Math.min(nanos, leases.heartbeatNanos()));
    }

    private static void renew(@Nullable Leases leases) {
        if (leases != null) {
            leases.renew();
        }
    }

    private @Nullable Void fetch(FetchCall call, Permit permit, Progress progress) throws Exception {
        current.set(call);
        try {
            pages.run(call, progress);
            return null;
        } finally {
            current.remove();
            permit.giveBack();
        }
    }

    private void await(Running running, Progress progress, @Nullable Leases leases) throws InterruptedException {
        FetchCall call = running.call();
        try {
            while (true) {
                long left = call.deadline - System.nanoTime();
                if (left <= 0 && !running.future().isDone()) {
                    throw timedOut(
                            "the source did not answer",
                            context.settings.fetching().timeout());
                }
                try {
                    running.future().get(untilHeartbeat(left, leases), TimeUnit.NANOSECONDS);
                    succeed(call);
                    return;
                } catch (TimeoutException e) {
                    // The deadline moves with every page; the loop looks at it again.
                    renew(leases);
                }
            }
        } catch (ExecutionException e) {
            fail(call, e.getCause() == null ? e : e.getCause(), progress, leases);
        } catch (SqlCacheException e) {
            abandon(running);
            fail(call, e, progress, leases);
        } catch (InterruptedException e) {
            abandon(running);
            throw e;
        }
    }

    private void abandon(Running running) {
        running.call().abandoned = true;
        running.future().cancel(true);
        running.permit().giveBack();
    }

    private void succeed(FetchCall call) {
        call.parts.forEach(part -> flights.end(part.flight(), call.outdated ? Ending.CANCELLED : Ending.STORED));
    }

    private void fail(FetchCall call, Throwable cause, Progress progress, @Nullable Leases leases) {
        if (cause instanceof Error error && !(cause instanceof AssertionError) && !(cause instanceof LinkageError)) {
            call.parts.forEach(part -> flights.end(part.flight(), Ending.failed(error)));
            throw error;
        }
        Interval rest = new Interval(Math.min(call.reached, call.interval.hi() - 1), call.interval.hi());
        if (leases != null) {
            leases.failed(call, rest, cause);
        }
        for (FetchCall.Part part : call.parts) {
            Flight flight = part.flight();
            progress.failed(flight.partition, rest, cause);
            errors.failed(flight.partition, rest, context.now(), cause);
            flights.end(flight, Ending.failed(cause));
        }
    }

    private SqlCacheException timedOut(String what, Duration timeout) {
        return new SqlCacheException(
                "Cache '" + context.name + "': " + what + " within " + timeout
                        + ". Raise fetch-timeout, or ask for less" + " at a time with max-fetch-span.",
                null);
    }
}
