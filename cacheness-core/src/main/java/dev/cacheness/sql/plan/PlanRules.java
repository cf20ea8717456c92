package dev.cacheness.sql.plan;

import dev.cacheness.sql.range.OpenDays;
import dev.cacheness.sql.range.RangeDomain;
import dev.cacheness.sql.range.Step;
import dev.cacheness.sql.range.Ticks;
import org.jspecify.annotations.Nullable;

/**
 * How gaps become calls.
 *
 * @param domain the axis
 * @param step what requests are aligned to, null for no alignment
 * @param mergeWithin gaps at most this many ticks apart become one call
 * @param maxGaps more gaps than this are merged, nearest first, until it fits
 * @param margin ticks that every gap is widened by, on both sides
 * @param maxSpan the most ticks that one call may ask for, 0 for no limit
 * @param alignTo what the bounds of calls are moved outward to, null for nothing
 * @param maxFetches more calls than this make the plan too large
 * @param openDays days on which there can be something, null for all; closed time does not keep gaps apart
 */
public record PlanRules(
        RangeDomain domain,
        @Nullable Step step,
        long mergeWithin,
        int maxGaps,
        long margin,
        long maxSpan,
        @Nullable Step alignTo,
        int maxFetches,
        @Nullable OpenDays openDays) {

    public PlanRules {
        if (mergeWithin < 0 || margin < 0 || maxSpan < 0 || maxGaps < 1 || maxFetches < 1) {
            throw new IllegalArgumentException("mergeWithin, margin and maxSpan are 0 or more, maxGaps and maxFetches 1"
                    + " or more, but got mergeWithin=" + mergeWithin + ", margin=" + margin + ", maxSpan=" + maxSpan
                    + ", maxGaps=" + maxGaps + ", maxFetches=" + maxFetches);
        }
    }

    /** How far two ticks are apart. */
    long distance(long lo, long hi) {
        return openDays == null ? Ticks.distance(lo, hi) : openDays.openTicks(lo, hi);
    }

    /** No merging, no margin, no limits to speak of. */
    public static PlanRules exact(RangeDomain domain, @Nullable Step step) {
        return new PlanRules(domain, step, 0, Integer.MAX_VALUE, 0, 0, null, Integer.MAX_VALUE, null);
    }
}
