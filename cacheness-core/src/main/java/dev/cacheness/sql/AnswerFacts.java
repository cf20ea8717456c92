package dev.cacheness.sql;

import dev.cacheness.internal.record.Micros;
import dev.cacheness.sql.store.Coverage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to an answer how old it is. */
final class AnswerFacts {

    private AnswerFacts() {}

    static <R> Answer<R> of(Context<?> context, BoundQuery query, List<PartPlan> plans, Answer<R> answer) {
        Long oldest = null;
        Long provisionalFrom = null;
        for (PartPlan plan : plans) {
            for (Coverage entry : plan.coverage()) {
                if (entry.interval().overlaps(query.asked())) {
                    oldest = least(oldest, entry.fetchedAt());
                    if (entry.provisional()) {
                        long from =
                                Math.max(entry.interval().lo(), query.asked().lo());
                        provisionalFrom = least(provisionalFrom, from);
                    }
                }
            }
        }
        Instant oldestFetch = oldest == null ? null : Micros.instant(oldest);
        Object provisional = provisionalFrom == null ? null : context.domain.value(provisionalFrom);
        return new Answer<>(
                answer.value(), answer.status(), answer.fetched(), answer.missing(), oldestFetch, provisional);
    }

    private static Long least(@Nullable Long known, long other) {
        return known == null ? other : Math.min(known, other);
    }
}
