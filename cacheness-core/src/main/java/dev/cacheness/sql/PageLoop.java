package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
            refuseEndless(page, call.interval);
            Interval rest = new Interval(call.reached, call.interval.hi());
            Instant fetchedAt = context.now();
            Page answer = intake.read(fetch(call, rest, page), call.partitions(), rest);
            if (call.abandoned || !store(call, answer, fetchedAt, progress)) {
                return;
            }
            refuseLess(answer, rest);
            call.reached = answer.next() == null ? call.interval.hi() : answer.next();
            page++;
        }
    }

    private void refuseEndless(int page, Interval asked) {
        if (page == context.settings.fetching().maxPages()) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source has more than " + page + " pages for "
                            + context.range(asked) + ". Ask for less with max-fetch-span, or raise max-pages.",
                    null);
        }
    }

    private void refuseLess(Page answer, Interval rest) {
        Interval covered = answer.covered();
        if (answer.next() == null && (covered == null || !covered.encloses(rest))) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source was asked for " + context.range(rest)
                            + ", but says that its answer covers "
                            + (covered == null ? "nothing" : "only " + context.range(covered)),
                    null);
        }
    }

    /** All rows of a range, of which none is stored. Runs on the calling thread, without a time limit. */
    List<StoredRow> all(Partition partition, Interval interval) {
        List<StoredRow> rows = new ArrayList<>();
        long reached = interval.lo();
        for (int page = 0; reached < interval.hi(); page++) {
            refuseEndless(page, interval);
            Interval rest = new Interval(reached, interval.hi());
            Page answer = ask(partition, rest, page);
            refuseLess(answer, rest);
            rows.addAll(Coverages.within(answer.rows().getOrDefault(partition, List.of()), rest));
            reached = answer.next() == null ? interval.hi() : answer.next();
        }
        return rows;
    }

    private Page ask(Partition partition, Interval rest, int page) {
        context.counters.calls.increment();
        try {
            return intake.read(observed(request(List.of(partition), rest, page, 1)), List.of(partition), rest);
        } catch (SqlCacheException e) {
            throw e;
        } catch (Exception e) {
            context.counters.callFailures.increment();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the source failed for " + context.range(partition, rest) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private Object fetch(FetchCall call, Interval rest, int page) throws Exception {
        Settings.Fetching fetching = context.settings.fetching();
        for (int attempt = 1; ; attempt++) {
            call.deadline = System.nanoTime() + fetching.timeout().toNanos();
            context.counters.calls.increment();
            try {
                return observed(request(call.partitions(), rest, page, attempt));
            } catch (Exception e) {
                context.counters.callFailures.increment();
                if (attempt > fetching.retries() || call.abandoned || e instanceof InterruptedException) {
                    throw e;
                }
                call.deadline += fetching.retryDelay().toNanos();
                Pauses.nanos(fetching.retryDelay().toNanos());
            }
        }
    }

    private Object observed(FetchRequest request) throws Exception {
        SqlCacheObserver.Fetch observed = context.observer.fetch(request);
        Throwable failure = null;
        try {
            return source.fetch(request);
        } catch (Exception | Error e) {
            failure = e;
            throw e;
        } finally {
            observed.end(failure);
        }
    }

    private FetchRequest request(List<Partition> partitions, Interval rest, int page, int attempt) {
        var range = context.layout().rangeColumn();
        return new FetchRequest(
                context.name,
                partitions,
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
        List<Commit.Piece> pieces = new ArrayList<>();
        for (FetchCall.Part part : call.parts) {
            Partition partition = part.flight().partition;
            List<StoredRow> rows = page.rows().getOrDefault(partition, List.of());
            Interval held = page.facts().store() ? before(covered, keptFrom) : covered;
            if (held != null) {
                progress.held.add(partition, held, rows);
            }
            Interval kept = page.facts().store() ? from(covered, keptFrom) : null;
            if (kept != null) {
                pieces.add(new Commit.Piece(partition, part.state(), kept, Coverages.within(rows, kept)));
            }
        }
        Set<Partition> invalidated = commit.store(pieces, page.facts(), fetchedAt);
        for (Partition partition : call.partitions()) {
            if (!invalidated.contains(partition)) {
                progress.fetched(context.range(partition, covered));
            }
        }
        call.outdated |= !invalidated.isEmpty();
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
