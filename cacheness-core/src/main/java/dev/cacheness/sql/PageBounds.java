package dev.cacheness.sql;

import dev.cacheness.sql.range.Interval;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an answer goes.
 *
 * @param covered what it is complete for, null if for nothing
 * @param next where the next page begins, null if this is the last
 */
record PageBounds(@Nullable Interval covered, @Nullable Long next) {

    /** @throws SqlCacheException if the source makes no progress */
    static PageBounds of(Context<?> context, FetchResult.Facts facts, List<StoredRow> rows, Interval requested) {
        RangeDomain domain = context.domain;
        Long next = facts.next() == null ? fullPage(context, rows, requested) : Long.valueOf(domain.tick(facts.next()));
        if (next != null && next <= requested.lo()) {
            throw new SqlCacheException(
                    "Cache '" + context.name + "': the page from " + domain.value(requested.lo())
                            + " says that the next"
                            + " one begins at " + domain.value(next) + ", so the source makes no progress. If one value"
                            + " of the range has more rows than a page, raise max-rows-per-fetch or add them up.",
                    null);
        }
        if (next != null && next < requested.hi()) {
            return new PageBounds(new Interval(requested.lo(), next), next);
        }
        if (facts.coveredFrom() == null || facts.coveredTo() == null) {
            return new PageBounds(requested, null);
        }
        return new PageBounds(
                inward(context, domain.tick(facts.coveredFrom()), domain.tick(facts.coveredTo()), requested), null);
    }

    /** A page that is as full as pages get may have been cut off within its last tick, so it counts up to there only. */
    private static @Nullable Long fullPage(Context<?> context, List<StoredRow> rows, Interval requested) {
        int most = context.settings.fetching().maxRowsPerFetch();
        if (most == 0 || rows.size() < most || context.layout().range() < 0) {
            return null;
        }
        return rows.stream()
                .mapToLong(StoredRow::tick)
                .filter(requested::contains)
                .max()
                .orElse(requested.lo());
    }

    /** The whole steps of what a source claims to cover; a bound that was asked for need not be the bound of a step. */
    private static @Nullable Interval inward(Context<?> context, long from, long to, Interval requested) {
        Step step = context.settings.freshness().step();
        long lo = step == null ? from : context.domain.alignUp(from, step);
        long hi = step == null ? to : context.domain.alignDown(to, step);
        lo = from <= requested.lo() ? Math.min(lo, requested.lo()) : lo;
        hi = to >= requested.hi() ? Math.max(hi, requested.hi()) : hi;
        return lo < hi ? new Interval(lo, hi) : null;
    }
}
