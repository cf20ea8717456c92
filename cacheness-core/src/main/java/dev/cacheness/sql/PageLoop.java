package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks the source for one call, page by page, and stores every page as it comes. */
final class PageLoop<T> {

    private final Context<T> context;

    private final DataFetcher<T> source;

    private final RowIntake<T> intake;

    private final Commit commit;

    PageLoop(Context<T> context, DataFetcher<T> source, Commit commit) {
        this.context = context;
        this.source = source;
        this.intake = new RowIntake<>(context);
        this.commit = commit;
    }

    /** @throws Exception if the source fails; the pages before are stored, and {@link FetchCall#reached} says how far they go */
    void run(FetchCall call, Progress progress) throws Exception {
        int page = 0;
        while (call.reached < call.interval.hi()) {
            if (page == context.settings.fetching().maxPages()) {
                throw new SqlCacheException(
                        "Cache '" + context.name + "': the source has more than " + page + " pages for "
                                + context.range(call.interval)
                                + ". Ask for less with max-fetch-span, or raise max-pages.",
                        null);
            }
            Interval rest = new Interval(call.reached, call.interval.hi());
            Instant fetchedAt = context.now();
            Page answer = intake.read(fetch(call, rest, page), call.partitions(), rest);
            if (call.abandoned || !store(call, answer, fetchedAt, progress)) {
                return;
            }
            Interval covered = answer.covered();
            if (answer.next() == null && (covered == null || !covered.encloses(rest))) {
                throw new SqlCacheException(
                        "Cache '" + context.name + "': the source was asked for " + context.range(rest)
                                + ", but says that its answer covers "
                                + (covered == null ? "nothing" : "only " + context.range(covered)),
                        null);
            }
            call.reached = answer.next() == null ? call.interval.hi() : answer.next();
            page++;
        }
    }

    private Object fetch(FetchCall call, Interval rest, int page) throws Exception {
        Settings.Fetching fetching = context.settings.fetching();
        for (int attempt = 1; ; attempt++) {
            call.deadline = System.nanoTime() + fetching.timeout().toNanos();
            context.counters.calls.increment();
            try {
                return source.fetch(request(call, rest, page, attempt));
            } catch (Exception e) {
                context.counters.callFailures.increment();
                if (attempt > fetching.retries() || call.abandoned || e instanceof InterruptedException) {
                    throw e;
                }
                call.deadline += fetching.retryDelay().toNanos();
                pause(fetching.retryDelay().toNanos());
            }
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted between two attempts to fetch");
            }
        }
    }

    private FetchRequest request(FetchCall call, Interval rest, int page, int attempt) {
        var range = context.layout().rangeColumn();
        return new FetchRequest(
                context.name,
                call.partitions(),
                context.range(rest),
                range == null ? "" : range.name(),
                page,
                attempt,
                context.settings.fetching().timeout());
    }

    /** False if a partition was invalidated meanwhile. */
    private boolean store(FetchCall call, Page page, Instant fetchedAt, Progress progress) throws SQLException {
        Interval covered = page.covered() == null ? null : notBeyondNow(page.covered(), fetchedAt);
        if (covered == null) {
            return true;
        }
        Long keptFrom = Retention.firstTick(context, progress.started);
        for (FetchCall.Part part : call.parts) {
            Partition partition = part.flight().partition;
            List<StoredRow> rows = page.rows().getOrDefault(partition, List.of());
            Interval held = page.facts().store() ? before(covered, keptFrom) : covered;
            if (held != null) {
                progress.held.add(partition, held, rows);
            }
            Interval kept = page.facts().store() ? from(covered, keptFrom) : null;
            if (kept != null
                    && !commit.store(
                            partition, part.state(), kept, Coverages.within(rows, kept), page.facts(), fetchedAt)) {
                call.outdated = true;
                continue;
            }
            progress.fetched(context.range(partition, covered));
        }
        return !call.outdated;
    }

    private @Nullable Interval notBeyondNow(Interval covered, Instant now) {
        Long tick = context.nowTick(now);
        return tick == null ? covered : context.planner.planned(covered, tick);
    }

    private static @Nullable Interval before(Interval interval, @Nullable Long tick) {
        if (tick == null || tick <= interval.lo()) {
            return null;
        }
        return new Interval(interval.lo(), Math.min(interval.hi(), tick));
    }

    private static @Nullable Interval from(Interval interval, @Nullable Long tick) {
        long lo = tick == null ? interval.lo() : Math.max(interval.lo(), tick);
        return lo < interval.hi() ? new Interval(lo, interval.hi()) : null;
    }
}
