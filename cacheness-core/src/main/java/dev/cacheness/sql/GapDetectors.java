package dev.cacheness.sql;

import dev.cacheness.sql.range.Step;
import java.util.ArrayList;
import java.util.List;

/** Ready-made gap detectors. */
public final class GapDetectors {

    private GapDetectors() {}

    /** What the ledger does not have fresh: what happens without a detector. */
    public static <T> GapDetector<T> coverage() {
        return (query, cached, cache) -> cache.defaultGaps();
    }

    /** All of the range, every time. */
    public static <T> GapDetector<T> always() {
        return (query, cached, cache) -> List.of(cache.toFetchRange(query));
    }

    /**
     * What lies before the first row and behind the last one. This is what min/max caches do; it misses every hole, and asks for what has no rows again
     * and again. For comparison, and for sources without holes.
     */
    public static <T> GapDetector<T> minMax() {
        return (query, cached, cache) -> {
            FetchRange asked = cache.toFetchRange(query);
            FetchRange rows = cached.span().orElse(null);
            return rows == null ? List.of(asked) : asked.without(List.of(rows));
        };
    }

    /**
     * What the ledger does not have fresh, and the holes between rows that are further apart than a step. Holes that the source has, too, are asked for
     * at every query.
     */
    public static <T> GapDetector<T> holes(Step step) {
        return (query, cached, cache) -> {
            List<FetchRange> gaps = new ArrayList<>(cache.defaultGaps());
            gaps.addAll(cached.holes(step));
            return gaps;
        };
    }

    /** All of the range if the table has no row of it, nothing otherwise. */
    public static <T> GapDetector<T> ifEmpty() {
        return (query, cached, cache) -> cached.isEmpty() ? List.of(cache.toFetchRange(query)) : List.of();
    }
}
