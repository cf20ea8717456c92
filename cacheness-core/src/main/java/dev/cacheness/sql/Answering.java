package dev.cacheness.sql;

import dev.cacheness.sql.SqlCacheResult.Status;
import dev.cacheness.sql.range.IntervalSet;
import dev.cacheness.sql.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes an answer of what the table has, once it is known that nothing more comes. */
final class Answering {

    private final Context<?> context;

    private final Freshness freshness;

    private final Selecting selecting;

    Answering(Context<?> context, Freshness freshness) {
        this.context = context;
        this.freshness = freshness;
        this.selecting = new Selecting(context);
    }

    /** Nothing is missing but what the cache cannot ask for. */
    <R> Answer<R> whole(BoundQuery query, Progress progress, List<PartPlan> plans, Session session, Reading<R> reading)
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
    <R> Answer<R> partial(
            BoundQuery query,
            Engine.Mode mode,
            Progress progress,
            List<PartPlan> plans,
            Session session,
            Reading<R> reading)
            throws SQLException {
        List<PartitionRange> missing = missing(query, plans);
        OnError onError = context.settings.fetching().onError();
        if (mode == Engine.Mode.PEEK || onError == OnError.PARTIAL) {
            R value = reading.read(session, selecting.partial(query, progress.held, plans));
            Answer<R> answer = new Answer<>(value, Status.INCOMPLETE, progress.fetched(), missing, null, null);
            return AnswerFacts.of(context, query, plans, answer);
        }
        if (onError == OnError.STALE && plans.stream().allMatch(plan -> hasUsable(query, plan))) {
            return stale(query, progress, plans, session, reading);
        }
        throw progress.failure(context.name, missing);
    }

    /** With rows that have expired. */
    <R> Answer<R> stale(BoundQuery query, Progress progress, List<PartPlan> plans, Session session, Reading<R> reading)
            throws SQLException {
        R value = reading.read(session, selecting.complete(query, progress.held, plans));
        Answer<R> answer = new Answer<>(value, Status.STALE, progress.fetched(), List.of(), null, null);
        return AnswerFacts.of(context, query, plans, answer);
    }

    private boolean hasUsable(BoundQuery query, PartPlan plan) {
        IntervalSet usable = freshness.usableIfError(plan.coverage(), context.nowMicros());
        return plan.lacking(query.asked()).subtract(usable).isEmpty();
    }
}
